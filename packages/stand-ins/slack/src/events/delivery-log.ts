import type { SlackDelivery } from '../contract.ts';

const hour = 60 * 60_000;
const fewest = 1_000;

/** Every delivery tried. An entry is there from the start; its status comes when the app has answered. */
export class DeliveryLog {
  private readonly entries: { -readonly [key in keyof SlackDelivery]: SlackDelivery[key] }[] = [];

  get deliveries(): readonly SlackDelivery[] {
    return this.entries;
  }

  /** Whether Slack would by now have disabled the app's subscription: under 5 % of an hour's deliveries were taken. */
  get isDisabled(): boolean {
    const end = this.entries.at(-1)?.at ?? 0;
    const recent = this.entries.filter(({ kind, at }) => kind === 'event' && end - at < hour);
    const taken = recent.filter(({ status }) => status >= 200 && status < 300).length;
    return recent.length >= fewest && taken / recent.length < 0.05;
  }

  start(delivery: Omit<SlackDelivery, 'status'>): (status: number) => void {
    const entry = { ...delivery, status: 0 };
    this.entries.push(entry);
    return (status) => {
      entry.status = status;
    };
  }

  clear(): void {
    this.entries.length = 0;
  }
}
