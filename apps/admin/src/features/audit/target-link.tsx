import type { JSX } from 'react';
import { TextLink } from '../../ui/links.js';
import type { AuditEvent } from './data.js';
import { t } from './words.js';

/** The object that an event is about: its name, and the way to it where it has a page. */
export function TargetLink({ event: { target, targetId } }: { event: AuditEvent }): JSX.Element | null {
  if (target === null) return targetId === null ? null : <span>{`${targetId} (${t('gone')})`}</span>;
  switch (target.__typename) {
    case 'Job':
      return (
        <TextLink to="/jobs/$jobId" params={{ jobId: target.id }}>
          {target.name}
        </TextLink>
      );
    case 'ConnectionProfile':
      return (
        <TextLink to="/connections/$connectionId" params={{ connectionId: target.id }}>
          {target.name}
        </TextLink>
      );
    case 'Run':
      return (
        <TextLink to="/runs/$runId" params={{ runId: target.id }}>
          {`${target.job.name} #${target.number}`}
        </TextLink>
      );
    case 'User':
    case 'ApiToken':
      return <span>{target.displayName}</span>;
    case 'MappingSet':
      return <span>{target.name}</span>;
    case 'Webhook':
      return <span>{target.url}</span>;
    default:
      return <span>{target.id}</span>;
  }
}
