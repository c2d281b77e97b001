import { Duration } from 'cdk8s';
import { DECISION_PATH } from './opa-decision';
import { OpaPolicyConfigMap } from './opa-policy-config-map';
import { requireProps } from '../../identity/require-props';
import { requirePort } from '../istio/input';

const OPA_IMAGE = 'docker.io/openpolicyagent/opa:1.19.1-envoy-static';

/**
 * How OPA is run.
 */
export interface OpaSidecarProps {
  /**
   * The policy, as `AccessEnforcer.opa` writes it, in the namespace of the workload.
   */
  readonly policy: OpaPolicyConfigMap;

  /**
   * The image of OPA with its plugin for Envoy.
   *
   * @default - OPA 1.19.1
   */
  readonly image?: string;

  /**
   * The rule that decides.
   *
   * @default - `envoy/authz/allow`
   */
  readonly path?: string;

  /**
   * The port on 127.0.0.1 at which OPA answers.
   *
   * @default - 9191
   */
  readonly port?: number;

  /**
   * How long the proxy waits for an answer before it refuses the request.
   *
   * @default - 500 milliseconds
   */
  readonly timeout?: Duration;
}

/**
 * A service that is asked about each request that comes in. Without its answer no request passes.
 */
export class ExternalAuthorization {
  /**
   * OPA in the same pod.
   *
   * Throws when the port or the timeout is not possible.
   *
   * @param props the policy, and how OPA is run
   */
  public static opa(props: OpaSidecarProps): ExternalAuthorization {
    requireProps('ExternalAuthorization.opa', props, { policy: 'OpaPolicyConfigMap' });
    const port = props.port ?? 9191;
    requirePort('OPA', port);
    const timeout = props.timeout ?? Duration.millis(500);
    if (timeout.toMilliseconds() <= 0 || timeout.toMilliseconds() > 15_000) {
      throw new Error(`OPA has a timeout of ${timeout.toMilliseconds()} ms: each request waits for it, give more than 0 and 15 seconds at most`);
    }
    return new ExternalAuthorization({ policy: props.policy, image: props.image ?? OPA_IMAGE, path: props.path ?? DECISION_PATH, port, timeout });
  }

  /**
   * @internal
   */
  public readonly _opa: Required<OpaSidecarProps>;

  private constructor(opa: Required<OpaSidecarProps>) {
    this._opa = opa;
  }
}
