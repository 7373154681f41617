import type uPlot from 'uplot';

/** Between a plot, which is made anew now and then, and the component that shows it. */
export class PlotLink {
  #plot: uPlot | null = null;
  #onZoom: (fromSec: number, toSec: number) => void = () => undefined;

  readonly attach = (plot: uPlot): void => {
    this.#plot = plot;
  };

  readonly zoom = (fromSec: number, toSec: number): void => this.#onZoom(fromSec, toSec);

  listen(onZoom: (fromSec: number, toSec: number) => void): void {
    this.#onZoom = onZoom;
  }

  /** Brings out one line, or none. */
  bringOut(line: number | null): void {
    this.#plot?.setSeries(line === null ? null : line + 1, { focus: true });
  }

  show(shown: readonly boolean[]): void {
    const plot = this.#plot;
    plot?.batch(() => shown.forEach((show, i) => plot.setSeries(i + 1, { show })));
  }
}
