import { joinValues, splitValues } from '../platform/index.js';
import type { DirectoryEntry } from '../platform/index.js';
import { convert } from './convert.js';
import { valueOf } from './item-values.js';
import type { MappableItem } from './item-values.js';
import { KnownNames } from './known-names.js';
import type { AutomaticMatch, MappingMatch } from './mapping-set.js';
import type { FieldPlan, MetadataPlan, ReadyRule, UnlinkedField } from './metadata-plan.js';
import { byPolicy } from './name-mapper.js';
import type { MappingProblem, Outcome } from './outcome.js';
import { fillTemplate } from './template.js';

/** Gives the value of a source field, in which names are translated already; null for none. */
export type FieldReader = (item: MappableItem, field: string) => string | null;

/** Fills the fields of a destination by the metadata sets of a job, compiled once and cheap for each item. */
export class MetadataMapper {
  private readonly finders = new Map<DirectoryEntry, KnownNames>();

  constructor(
    private readonly plan: MetadataPlan,
    private readonly read: FieldReader = valueOf,
  ) {}

  /** One outcome for each field that gets a value or should have got one. */
  outcomes(item: MappableItem): Outcome[] {
    const filled = this.plan.fields.flatMap((field) => this.fill(field, item) ?? []);
    return [...filled, ...this.plan.unlinked.flatMap((field) => this.leaveOut(field, item) ?? [])];
  }

  private fill(plan: FieldPlan, item: MappableItem): Outcome | null {
    let left: Outcome | null = null;
    for (const rule of plan.rules) {
      const outcome = this.apply(rule, plan, item);
      if (outcome && outcome.destinationValue !== null) return outcome;
      left ??= outcome;
    }
    if (!plan.isRequired || left?.problem?.isFlagged) return left;
    return missing(plan, left?.sourceValue ?? null);
  }

  private apply(ready: ReadyRule, plan: FieldPlan, item: MappableItem): Outcome | null {
    const value = this.valueBy(ready, item);
    const { defaultValue } = ready.rule;
    if (value === null) return defaultValue === null ? null : this.hold(ready, plan, null, defaultValue, 'DEFAULT');
    const translated = this.translate(ready, plan, value);
    if (translated === null) return this.unmapped(ready, plan, value, 'has no translation');
    const source = ready.rule.origin.kind === 'FIXED' ? null : value;
    return this.hold(ready, plan, source, translated, ready.match);
  }

  private valueBy({ rule: { origin }, pieces }: ReadyRule, item: MappableItem): string | null {
    if (origin.kind === 'FIXED') return origin.value;
    if (origin.kind === 'FIELD') return this.read(item, origin.field);
    return fillTemplate(pieces, (field) => this.read(item, field));
  }

  /** Null when a value has no translation, and is not what the field takes anyway. */
  private translate({ choices }: ReadyRule, { field }: FieldPlan, value: string): string | null {
    if (choices.size === 0) return value;
    const whole = choices.find(value);
    if (whole !== null) return whole;
    const values = field.type === 'CHOICES' ? splitValues(value) : [value];
    const translated = values.map((one) => choices.find(one) ?? (field.choices.includes(one) ? one : null));
    if (translated.includes(null)) return null;
    return field.type === 'CHOICES' ? joinValues(translated as string[]) : translated[0]!;
  }

  private hold(ready: ReadyRule, plan: FieldPlan, source: string | null, text: string, match: MappingMatch): Outcome {
    const held = this.converted(ready, plan, text);
    if ('value' in held) return { ...told(plan, source), destinationValue: held.value, match, problem: null };
    return this.unmapped(ready, plan, source ?? text, held.problem);
  }

  private converted({ set }: ReadyRule, { field, refusal }: FieldPlan, text: string) {
    if (refusal !== null) return { problem: refusal };
    return convert(text, field, (value) => this.similarChoice(field, value, set.automaticMatches));
  }

  private similarChoice(field: DirectoryEntry, value: string, matches: readonly AutomaticMatch[]): string | null {
    let finder = this.finders.get(field);
    if (!finder) {
      finder = new KnownNames(field.choices.map((key) => ({ key, label: key, email: null, choices: [] })));
      this.finders.set(field, finder);
    }
    return finder.find({ key: value, label: value, email: null }, matches)?.key ?? null;
  }

  /** What the policy of the set makes of a value for which nothing was found; a default or a kept value has to fit as well. */
  private unmapped(ready: ReadyRule, plan: FieldPlan, value: string, why: string): Outcome {
    const { defaultValue } = ready.rule;
    const policy = byPolicy(value, { ...ready.set, defaultTarget: defaultValue ?? ready.set.defaultTarget });
    const held = policy.target === null ? null : this.converted(ready, plan, policy.target);
    const destinationValue = held && 'value' in held ? held.value : null;
    if (destinationValue !== null)
      return { ...told(plan, value), destinationValue, match: policy.match, problem: null };
    const message = plan.refusal ?? `The value for “${plan.field.label}” ${why}.`;
    return { ...told(plan, value), ...LEFT_OUT, problem: problemOf(plan.field.key, value, message, policy.isFlagged) };
  }

  private leaveOut({ key, label, set }: UnlinkedField, item: MappableItem): Outcome | null {
    const value = this.read(item, key);
    if (value === null) return null;
    const message = `No field at the destination belongs to the field “${label}”.`;
    const problem = problemOf(key, null, message, set.unmapped === 'FLAG');
    return { kind: 'METADATA', destinationField: null, sourceValue: value, ...LEFT_OUT, problem };
  }
}

const LEFT_OUT = { destinationValue: null, match: 'NONE' } as const;

const told = ({ field }: FieldPlan, sourceValue: string | null) =>
  ({ kind: 'METADATA', destinationField: field.key, sourceValue }) as const;

function problemOf(field: string, value: string | null, message: string, isFlagged: boolean): MappingProblem {
  return { reason: 'UNMAPPED', kind: 'METADATA', field, value, message, isFlagged };
}

function missing(plan: FieldPlan, sourceValue: string | null): Outcome {
  const message = `The required field “${plan.field.label}” has no value.`;
  const problem = { ...problemOf(plan.field.key, null, message, true), reason: 'METADATA_MISSING' } as const;
  return { ...told(plan, sourceValue), ...LEFT_OUT, problem };
}
