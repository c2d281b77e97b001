import { isFilledIn } from '../../../model/filled-in';
import { Json, asTexts } from '../../../model/manifest';
import { exportToRefusal } from '../../../model/mesh/refused-values';
import { Problem } from '../places';

const NOBODY = '~';

interface Exported {
  readonly namespace: string;
  /** Whether it may be for nobody, as a ServiceEntry. */
  readonly mayBeForNobody?: boolean;
  /** Whether it is for some pods only, whose namespace is its own. */
  readonly isForPods?: boolean;
}

/** What Istio has against whom an object is exported to. */
export function exportToProblems(value: Json, { namespace, mayBeForNobody = false, isForPods = false }: Exported): Problem[] {
  const entries = asTexts(value);
  const found: Problem[] = [];
  const names = new Set<string>();
  entries.forEach((entry, i) => {
    const name = entry === namespace && namespace !== '' ? '.' : entry;
    const refusal = mayBeForNobody && entry === NOBODY ? undefined : exportToRefusal(entry);
    if (refusal !== undefined) found.push([[i], refusal]);
    else if (names.has(name)) found.push([[i], `exportTo names ${name === '.' ? 'the own namespace' : `"${entry}"`} more than once`]);
    names.add(name);
  });
  if (found.length > 0 || entries.some(isFilledIn)) return found;
  const alone = ['*', NOBODY].find(entry => names.has(entry));
  if (alone !== undefined && entries.length > 1) return [[[], `exportTo "${alone}" beside others: it stands alone`]];
  // without a namespace of its own any one name may be that
  const isOwn = names.has('.') || namespace === '' && !names.has('*');
  const isWide = isForPods && entries.length > 0 && (!isOwn || names.size > 1);
  return isWide ? [[[], `exportTo is ${entries.join(', ')}: with a workloadSelector it is the own namespace only`]] : [];
}
