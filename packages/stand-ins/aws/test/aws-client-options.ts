/** What an SDK client needs to call an emulator as a component. */
export function clientOptions(endpoint: string, component = 'tester') {
  return { endpoint, region: 'us-east-1', credentials: { accessKeyId: component, secretAccessKey: 'local' }, maxAttempts: 1 };
}
