import { ApiObject } from 'cdk8s';

/**
 * The objects of the SPIRE server, for patches.
 */
export interface ISpireServer {
  /**
   * The StatefulSet.
   */
  readonly statefulSet: ApiObject;

  /**
   * The ConfigMap with server.conf.
   */
  readonly configMap: ApiObject;

  /**
   * The Service that agents call.
   */
  readonly service: ApiObject;

  /**
   * The NetworkPolicy of the pods, unless it is switched off.
   */
  readonly networkPolicy?: ApiObject;

  /**
   * The controller manager beside the server.
   */
  readonly controllerManager: IControllerManager;
}

/**
 * The objects of the controller manager, for patches. Its container is in the server's StatefulSet.
 */
export interface IControllerManager {
  /**
   * The ConfigMap with the ControllerManagerConfig.
   */
  readonly configMap: ApiObject;

  /**
   * The ValidatingWebhookConfiguration.
   */
  readonly webhook: ApiObject;
}

/**
 * The objects of the SPIRE agent, for patches.
 */
export interface ISpireAgent {
  /**
   * The DaemonSet.
   */
  readonly daemonSet: ApiObject;

  /**
   * The ConfigMap with agent.conf.
   */
  readonly configMap: ApiObject;

  /**
   * The NetworkPolicy of the pods, unless it is switched off.
   */
  readonly networkPolicy?: ApiObject;
}

/**
 * The objects of the CSI driver, for patches.
 */
export interface ISpiffeCsiDriver {
  /**
   * The DaemonSet.
   */
  readonly daemonSet: ApiObject;

  /**
   * The CSIDriver.
   */
  readonly csiDriver: ApiObject;
}
