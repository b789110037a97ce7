// biome-ignore-all lint/style/noProcessEnv: it is loaded into the main of a process.
// Loaded before the worker's main, for what a microVM is and a process is not.
import { enableCompileCache } from 'node:module';
import { Server } from 'node:net';
import { env } from 'node:process';

// Every session of this machine compiles the same files: a third of its start. It lies where Node keeps such things.
enableCompileCache();

// A network of its own: every worker listens on AgentCore's port. Here each takes a free one and tells which, so that no two ever get the same.
const { listen } = Server.prototype;
Server.prototype.listen = function (place, ...more) {
  const isOptions = typeof place === 'object' && place !== null;
  if (String(isOptions ? place.port : place) !== env.PORT) return listen.call(this, place, ...more);
  this.once('listening', () => process.send?.({ port: this.address().port }));
  return listen.call(this, isOptions ? { ...place, port: 0 } : 0, ...more);
};

// An end with its machine: a worker must not outlive the emulator that started it, however that ended.
if (process.channel) {
  // The whole group: whatever the worker started goes with it, as it would with its microVM.
  process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
  // Watching the channel must not keep a worker alive that has finished.
  process.channel.unref();
}
