// Runs inside a function's process: imports the handler, then answers one event at a time over the IPC channel.

const limit = 6 * 1024 * 1024;
const [, , entry] = process.argv;

// An instance must not outlive the emulator that started it, however that ended.
process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));

try {
  const handler = handlerOf(await import(entry));
  process.on('message', (message) => answer(handler, message));
  process.send({ kind: 'ready' });
} catch (error) {
  process.send({ kind: 'init-failed', payload: JSON.stringify(describe(error)) }, () => process.exit(1));
}

function handlerOf({ handler }) {
  if (typeof handler !== 'function') throw failure('Runtime.HandlerNotFound', 'handler is undefined or not exported');
  if (handler.length > 2) {
    throw failure('Runtime.CallbackHandlerDeprecated', 'AWS Lambda has removed support for callback-based handlers as of Node.js 24.');
  }
  return handler;
}

async function answer(handler, { event, context, deadline }) {
  try {
    const result = await handler(JSON.parse(event), { ...context, getRemainingTimeInMillis: () => deadline - Date.now() });
    const payload = JSON.stringify(result) ?? 'null';
    if (Buffer.byteLength(payload) > limit) {
      throw failure('Function.ResponseSizeTooLarge', `Response payload size exceeded maximum allowed payload size (${limit} bytes).`);
    }
    process.send({ kind: 'answered', payload });
  } catch (error) {
    process.send({ kind: 'failed', payload: JSON.stringify(describe(error)) });
  }
}

function describe(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function failure(name, message) {
  return Object.assign(new Error(message), { name });
}
