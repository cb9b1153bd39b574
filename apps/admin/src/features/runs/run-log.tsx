import { useEffect, useRef, type JSX } from 'react';
import { formatSecond } from '../../ui/format.js';
import { Panel } from '../../ui/page.js';
import { Blank } from '../../ui/states.js';
import { toneClass } from '../../ui/tag.js';
import type { LogLine } from './progress.js';
import styles from './runs.module.css';
import { stateOf } from '../../domain/run/run-tags.js';
import { t } from './words.js';

const TONES = { ERROR: 'bad', WARNING: 'warn', INFO: '' } as const;

/** The latest lines of the log; stays at the newest unless the person scrolled up. */
export function RunLog({ log }: { log: readonly LogLine[] }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    if (box.current && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [log]);
  return (
    <Panel title={t('latestLines')} isFlush>
      {log.length === 0 ? (
        <Blank title={t('noLines')}>{t('noLinesWhy')}</Blank>
      ) : (
        <div
          ref={box}
          className={styles.log}
          role="log"
          aria-label={t('logLabel')}
          tabIndex={0}
          onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
            isAtEnd.current = scrollTop + clientHeight > scrollHeight - 24;
          }}
        >
          {log.map((line) => (
            <Line key={line.sequence} line={line} />
          ))}
        </div>
      )}
    </Panel>
  );
}

function Line({ line }: { line: LogLine }): JSX.Element {
  const tone = TONES[line.severity];
  const text = line.message || (line.state ? stateOf(line.state).label : '');
  return (
    <p>
      <time dateTime={line.occurredAt} className={styles.logTime}>
        {formatSecond(line.occurredAt)}
      </time>
      <span className={`${styles.logText ?? ''} ${tone === '' ? '' : toneClass(tone)}`}>
        {tone !== '' && t(tone === 'bad' ? 'errorLine' : 'warningLine', { text })}
        {tone === '' && (line.state ? <strong>{text}</strong> : text)}
      </span>
    </p>
  );
}
