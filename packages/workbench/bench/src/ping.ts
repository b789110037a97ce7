import { setTimeout as sleep } from 'node:timers/promises';

/** Pings a worker every 20 ms until its input ends, then prints how long each ping took, in milliseconds, as JSON. */
const url = `http://127.0.0.1:${process.argv[2]}/ping`;
const waits: number[] = [];
let isOver = false;
process.stdin.resume().on('end', () => {
  isOver = true;
});
while (!isOver) {
  const started = performance.now();
  await (await fetch(url)).text();
  waits.push(performance.now() - started);
  await sleep(20);
}
process.stdout.write(JSON.stringify(waits));
