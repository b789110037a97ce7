/** Counts what is under way. */
export class Work {
  private underWay = 0;
  private waiting: (() => void)[] = [];

  async start<Result>(task: () => Promise<Result>): Promise<Result> {
    this.underWay += 1;
    try {
      return await task();
    } finally {
      this.underWay -= 1;
      if (this.underWay === 0) this.release();
    }
  }

  /** Resolves once nothing is under way. */
  async idle(): Promise<void> {
    if (this.underWay === 0) return;
    await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.idle();
  }

  private release(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
