import { requireLabelKey, requireLabels, requireLabelValue } from '../../labels';
import { requireOneOf } from '../input';

/**
 * How a label is compared.
 */
export enum LabelSelectorOperator {
  /**
   * The label has one of the values.
   */
  IN = 'In',

  /**
   * The label has none of the values, or is absent.
   */
  NOT_IN = 'NotIn',

  /**
   * The label is there.
   */
  EXISTS = 'Exists',

  /**
   * The label is absent.
   */
  DOES_NOT_EXIST = 'DoesNotExist',
}

/**
 * One condition on a label.
 */
export interface LabelSelectorRequirement {
  /**
   * The key of the label.
   */
  readonly key: string;

  /**
   * How the label is compared.
   */
  readonly operator: LabelSelectorOperator;

  /**
   * The values, for `In` and `NotIn`.
   *
   * @default - no values, for `Exists` and `DoesNotExist`
   */
  readonly values?: string[];
}

/**
 * Which objects are meant, by their labels. All conditions have to hold.
 */
export interface LabelSelector {
  /**
   * Labels that have to have these values.
   *
   * @default - no such condition
   */
  readonly matchLabels?: { [key: string]: string };

  /**
   * Further conditions on labels.
   *
   * @default - no such condition
   */
  readonly matchExpressions?: LabelSelectorRequirement[];
}

/**
 * Refuses a selector that the API server or the webhook would refuse, or that selects everything.
 */
export function requireSelector(name: string, selector: LabelSelector | undefined): void {
  if (selector === undefined) {
    return;
  }
  requireLabels(name, selector.matchLabels);
  const expressions = selector.matchExpressions ?? [];
  if (Object.keys(selector.matchLabels ?? {}).length === 0 && expressions.length === 0) {
    throw new Error(`${name} is empty and would select everything: give matchLabels or matchExpressions, or leave it out`);
  }
  for (const { key, operator, values } of expressions) {
    requireLabelKey(name, key);
    values?.forEach((value) => requireLabelValue(name, key, value));
    requireOneOf(`operator of ${name} for label '${key}'`, operator, Object.values(LabelSelectorOperator));
    const wantsValues = operator === LabelSelectorOperator.IN || operator === LabelSelectorOperator.NOT_IN;
    if (wantsValues !== ((values ?? []).length > 0)) {
      throw new Error(`${name} has ${operator} ${wantsValues ? 'without' : 'with'} values for label '${key}': ${wantsValues ? 'add at least one' : 'remove them'}`);
    }
  }
}
