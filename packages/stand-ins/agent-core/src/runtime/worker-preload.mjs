// Loaded before the worker's main: a worker must not outlive the emulator that started it, however that ended.

if (process.channel) {
  // The whole group: whatever the worker started goes with it, as it would with its microVM.
  process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
  // Watching the channel must not keep a worker alive that has finished.
  process.channel.unref();
}
