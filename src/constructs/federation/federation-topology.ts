import { FederationMember } from './federation-member';
import { requireProps } from '../../identity/require-props';
import { ISpire } from '../spire';
import { rootOf } from '../spire/nested/roots';

/**
 * Trust that goes one way.
 */
export interface OneWayTrust {
  /**
   * Those who verify identities of the others.
   */
  readonly trusting: ISpire[];

  /**
   * Those whose identities are verified.
   */
  readonly trusted: ISpire[];
}

/**
 * Which clusters of a federation trust which.
 */
export class FederationTopology {
  /**
   * Each trusts each.
   */
  public static fullMesh(): FederationTopology {
    return new FederationTopology(() => true);
  }

  /**
   * The hub and each other cluster trust each other; the others do not.
   *
   * The federation throws when the hub is none of its members.
   *
   * @param hub SPIRE of the cluster in the middle
   */
  public static hubAndSpoke(hub: ISpire): FederationTopology {
    requireProps('FederationTopology.hubAndSpoke', { hub }, { hub: 'ISpire' });
    return new FederationTopology((trusting, trusted) => trusting === hub || trusted === hub, [hub]);
  }

  /**
   * Some trust others, and are not trusted by them: enough to verify tokens and servers, too little for mutual TLS.
   *
   * The federation throws when somebody is none of its members.
   *
   * @param trust who trusts whom
   */
  public static oneWay(trust: OneWayTrust): FederationTopology {
    requireProps('FederationTopology.oneWay', trust, { trusting: 'ISpire[]', trusted: 'ISpire[]' });
    return new FederationTopology(
      (trusting, trusted) => trust.trusting.includes(trusting) && trust.trusted.includes(trusted),
      [...trust.trusting, ...trust.trusted],
    );
  }

  private constructor(private readonly trusts: (trusting: ISpire, trusted: ISpire) => boolean, private readonly named: ISpire[] = []) {}

  /**
   * @internal
   */
  public _relations(members: FederationMember[]): { readonly trusting: FederationMember; readonly trusted: FederationMember }[] {
    const stranger = this.named.find((spire) => !members.some((member) => member.spire === spire));
    if (stranger) {
      throw new Error(`the topology names cluster '${stranger.cluster.name}', which is no member of the federation: add it to the members`);
    }
    const relations = members.flatMap((trusting) => members
      .filter((trusted) => rootOf(trusted.spire) !== rootOf(trusting.spire) && this.trusts(trusting.spire, trusted.spire))
      .map((trusted) => ({ trusting, trusted })));
    if (relations.length === 0 && new Set(members.map(({ spire }) => rootOf(spire))).size > 1) {
      throw new Error('in the federation nobody trusts anybody: name who trusts whom');
    }
    return relations;
  }
}
