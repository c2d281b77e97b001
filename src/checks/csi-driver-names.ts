import { once } from '../model/once';
import { spireChart } from '../model/spire/charts';
import { csiDrivers } from '../model/spire/csi';
import { System } from '../model/system';

/** Drivers that other releases than that of the chart spire bring: the one of a SPIRE above, and cert-manager's. */
const OF_OTHERS = ['upstream.csi.spiffe.io', 'spiffe.csi.cert-manager.io'];

/** The SPIFFE CSI drivers that are installed; none where they are not to be seen. */
export const csiDriverNames = once((system: System): string[] => {
  const driver = spireChart(system)?.driver;
  return [...new Set([...system.all('CSIDriver').map(({ name }) => name).filter(name => /spiffe/.test(name) || ownNames(system).has(name)),
    ...driver === undefined ? [] : [driver]])];
});

/** What drivers of SPIFFE call themselves, which may be any name. */
const ownNames = once((system: System): ReadonlySet<string> => new Set(csiDrivers(system).flatMap(({ container: { args } }) =>
  args.map((arg, i) => (/^--?plugin-name$/.test(arg) ? args[i + 1] : /^--?plugin-name=(.*)$/.exec(arg)?.[1])).filter(name => name !== undefined))));

/** Whether a name is that of a SPIFFE driver, and of none that is installed. */
export function isMissingDriver(system: System, name: string): boolean {
  const isOfOthers = spireChart(system) !== undefined && OF_OTHERS.includes(name);
  return /spiffe|spire/.test(name) && !csiDriverNames(system).includes(name) && !isOfOthers;
}
