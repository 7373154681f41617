import { useEffect, useRef } from 'react';
import './language-tag.js';
import uPlot from 'uplot';

interface PlotInput {
  readonly options: Omit<uPlot.Options, 'width'>;
  readonly data: uPlot.AlignedData;
}

/** Keeps a uPlot in an element: made once for a set of options, as wide as the element, redrawn when the data change. */
export function usePlot({ options, data }: PlotInput) {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(data);

  useEffect(() => {
    const box = element.current;
    if (box === null) return;
    const made = new uPlot({ ...options, width: box.clientWidth }, latest.current, box);
    const observer = new ResizeObserver(() => made.setSize({ width: box.clientWidth, height: options.height }));
    observer.observe(box);
    plot.current = made;
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [options]);

  useEffect(() => {
    latest.current = data;
    plot.current?.setData(data);
  }, [data]);

  return element;
}
