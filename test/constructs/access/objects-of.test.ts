import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Cluster, Platform, Stage, TrustDomain } from '../../../src';
import { objectsOf } from '../../../src/constructs/access/objects-of';

const app = new App();
const platform = (scope: Construct, name: string) => new Platform(scope, name, { cluster: Cluster.of({ name, trustDomain: TrustDomain.of('example.org') }) });
const define = (chart: Construct, name: string) => new ApiObject(chart, name, { apiVersion: 'v1', kind: 'Service', metadata: { name } });
const [eu, us] = [platform(app, 'eu'), platform(new Construct(app, 'regions'), 'us')];
define(eu.chart(Stage.APPS, 'shop'), 'eu-shop');
define(us.chart(Stage.APPS, 'shop'), 'us-shop');
define(new Chart(app, 'beside'), 'for-each');

test.each([['eu', eu, ['eu-shop', 'for-each']], ['us', us, ['us-shop', 'for-each']]])('the objects of %s are its own and those that are in no platform', (_, one, names) => {
  expect(objectsOf(one).map((object) => object.name).sort()).toEqual([...names].sort());
});

test('nobody looks into another platform', () => {
  const look = jest.spyOn(us.node, 'children', 'get');
  objectsOf(eu);
  expect(look).not.toHaveBeenCalled();
  objectsOf(us);
  expect(look).toHaveBeenCalled();
});
