import { NodeAttestor } from '../../../../src';
import { configured, OWN_CLUSTER } from '../plugins/pods';

test('the projects are what the server takes', () => {
  expect(configured(NodeAttestor.gcpIit({ projectIdAllowList: ['a', 'b'] })._sides().server(OWN_CLUSTER)).lines).toEqual(['projectid_allow_list = ["a", "b"]']);
});

test('fails without a project, and for a size that is none', () => {
  expect(() => NodeAttestor.gcpIit({ projectIdAllowList: [] })).toThrow('projectIdAllowList is empty: give at least one');
  expect(() => NodeAttestor.gcpIit({ projectIdAllowList: ['a'], maxMetadataValueSize: 0 })).toThrow('maxMetadataValueSize 0 is not possible');
});
