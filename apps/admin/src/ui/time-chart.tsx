import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef, type JSX } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { clockWithSeconds, TIME_STEPS, timeLabels, WHOLE_STEPS } from './chart-axes.js';
import styles from './time-chart.module.css';
import { t } from './words.js';

export interface ChartLine {
  name: string;
  values: readonly (number | null)[];
  /** Variable of the theme that holds its colour, such as `--accent`. */
  colour: string;
  format: (value: number) => string;
  /** Lines of another unit have the scale at the right. */
  isRight?: boolean;
  /** Its figures are told as whole ones. */
  isWhole?: boolean;
}

const HEIGHT = 190;
/** Between the marks of time: room for one with seconds. */
const TIME_LABEL_PIXELS = 72;
const AXIS_PIXELS = 78;

export interface TimeChartProps {
  /** What the chart shows in words, for those who do not see it. */
  summary: string;
  /** Epoch seconds, as many as each line has values. */
  times: readonly number[];
  lines: readonly ChartLine[];
}

/** Values over time, with those of a moment below the pointer. */
export function TimeChart({ summary, times, lines }: TimeChartProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const scheme = useComputedColorScheme('light');
  const data = useMemo(
    (): uPlot.AlignedData => [[...times], ...lines.map(({ values }) => [...values])],
    [times, lines],
  );
  const latest = useRef({ data, lines });
  useEffect(() => {
    latest.current = { data, lines };
    plot.current?.setData(data);
  }, [data, lines]);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const made = new uPlot(optionsOf(element, latest.current.lines), latest.current.data, element);
    plot.current = made;
    const sizes = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [scheme]);
  return (
    <figure className={styles.figure}>
      <div ref={box} role="img" aria-label={summary} className={styles.chart} />
    </figure>
  );
}

function optionsOf(element: HTMLElement, lines: readonly ChartLine[]): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const look = { stroke: colour('--mantine-color-dimmed'), font: `12px ${style.fontFamily}` };
  const grid = { stroke: colour('--rule'), width: 1 };
  const axisOf = (scale: 'left' | 'right', line: ChartLine | undefined): uPlot.Axis[] =>
    line === undefined
      ? []
      : [
          {
            ...{ scale, side: scale === 'left' ? 3 : 1, size: AXIS_PIXELS, ...look },
            ...{ grid: scale === 'left' ? grid : { show: false }, ticks: { show: false } },
            ...(line.isWhole && { incrs: WHOLE_STEPS }),
            values: (_plot: uPlot, splits: number[]) => splits.map((value) => line.format(value)),
          },
        ];
  const scale: uPlot.Scale = { range: (_plot, _least, most) => [0, Math.max(1, most * 1.1)] };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    series: [
      { label: t('time'), value: (_plot, at) => (at === null ? '–' : clockWithSeconds.format(at * 1_000)) },
      ...lines.map((line) => seriesOf(line, colour(line.colour))),
    ],
    scales: { left: scale, right: scale },
    axes: [
      {
        ...look,
        grid: { show: false },
        ticks: { show: false },
        incrs: TIME_STEPS,
        space: TIME_LABEL_PIXELS,
        values: (_plot, at, _axis, _space, step) => timeLabels(at, step),
      },
      ...axisOf(
        'left',
        lines.find(({ isRight }) => !isRight),
      ),
      ...axisOf(
        'right',
        lines.find(({ isRight }) => isRight),
      ),
    ],
    cursor: { y: false },
  };
}

const seriesOf = ({ name, format, isRight }: ChartLine, stroke: string): uPlot.Series => ({
  ...{ label: name, stroke, width: 1.5, points: { show: false }, scale: isRight ? 'right' : 'left' },
  ...(isRight ? {} : { fill: `${stroke}22` }),
  value: (_plot, value) => (value === null ? '–' : format(value)),
});
