import { connect } from 'node:net';
import { forbidNetwork } from '../../src/files/reader/no-network.ts';

const tried = async (what: () => Promise<unknown> | unknown) => {
  try {
    await what();
    return 'possible';
  } catch (error) {
    const { cause, message } = error as Error;
    return cause instanceof Error ? cause.message : message;
  }
};
forbidNetwork();
const addressed = [() => connect(80, '127.0.0.1'), () => fetch('http://127.0.0.1/'), () => fetch('https://127.0.0.1/')];
process.stdout.write(`${JSON.stringify(await Promise.all(addressed.map(tried)))}\n`);
