/**
 * Refuses what is no ARN.
 */
export function requireArn(name: string, value: string | undefined): void {
  if (value !== undefined && !/^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d*:\S+$/.test(value)) {
    throw new Error(`${name} '${value}' is no ARN: write it as 'arn:aws:<service>:<region>:<account>:<resource>'`);
  }
}

/**
 * Refuses what is no ARN of a service in a region: AWS finds nothing by the ARN of another one.
 *
 * @param service the service in the ARN
 * @param region the region in which the plugin asks
 */
export function requireArnIn(name: string, value: string | undefined, service: string, region: string): void {
  requireArn(name, value);
  if (value === undefined) {
    return;
  }
  const [, , ownService, ownRegion] = value.split(':');
  if (ownService !== service) {
    throw new Error(`${name} '${value}' is of the service '${ownService}': give one of '${service}'`);
  }
  if (ownRegion !== region) {
    throw new Error(`${name} '${value}' is in region '${ownRegion}', but region is '${region}': make both the same`);
  }
}

/**
 * Refuses an endpoint of AWS whose name says that it is in another region.
 */
export function requireEndpointIn(value: string | undefined, region: string): void {
  const [, own] = /[./-]([a-z]{2}(?:-[a-z]+)+-\d)\.(?:vpce\.)?amazonaws\.com/.exec(value ?? '') ?? [];
  if (own !== undefined && own !== region) {
    throw new Error(`endpoint '${value}' is in region '${own}', but region is '${region}': make both the same`);
  }
}
