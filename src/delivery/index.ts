export * from './artifact';
export * from './platform';
export { RolloutStep } from './rollout';
export * from './stage';
export { StageChart } from './stage-chart';
