export interface Status {
  readonly id: string;
  readonly name: string;
  readonly category: 'new' | 'indeterminate' | 'done';
}

export interface Transition {
  readonly id: string;
  readonly name: string;
  readonly to: string;
}

const categories = {
  new: { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  indeterminate: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  done: { id: 3, key: 'done', colorName: 'green', name: 'Done' },
} as const;

export const statuses: readonly Status[] = [
  { id: '10000', name: 'To Do', category: 'new' },
  { id: '3', name: 'In Progress', category: 'indeterminate' },
  { id: '10010', name: 'In Review', category: 'indeterminate' },
  { id: '10011', name: 'Blocked', category: 'indeterminate' },
  { id: '10001', name: 'Done', category: 'done' },
  { id: '10020', name: 'Waiting for support', category: 'indeterminate' },
  { id: '10021', name: 'Waiting for customer', category: 'indeterminate' },
  { id: '10022', name: 'Resolved', category: 'done' },
];

const software: readonly Transition[] = [
  { id: '11', name: 'To Do', to: 'To Do' },
  { id: '21', name: 'In Progress', to: 'In Progress' },
  { id: '31', name: 'In Review', to: 'In Review' },
  { id: '41', name: 'Blocked', to: 'Blocked' },
  { id: '51', name: 'Done', to: 'Done' },
];

const serviceDesk: Readonly<Record<string, readonly Transition[]>> = {
  'Waiting for support': [
    { id: '851', name: 'Respond to customer', to: 'Waiting for customer' },
    { id: '761', name: 'Resolve this issue', to: 'Resolved' },
  ],
  'Waiting for customer': [
    { id: '781', name: 'Respond to support', to: 'Waiting for support' },
    { id: '761', name: 'Resolve this issue', to: 'Resolved' },
  ],
  Resolved: [{ id: '871', name: 'Back to in progress', to: 'Waiting for support' }],
};

export function statusOf(name: string): Status {
  const status = statuses.find((one) => one.name === name);
  if (!status) throw new Error(`No such status: ${name}`);
  return status;
}

export function toStatusView(name: string): object {
  const { id, category } = statusOf(name);
  return { description: '', name, id, statusCategory: categories[category] };
}

/** Where an issue can go from a status. A team's board allows everything, a service desk does not. */
export function transitionsFrom(projectType: string, status: string): readonly Transition[] {
  return projectType === 'service_desk' ? (serviceDesk[status] ?? []) : software.filter(({ to }) => to !== status);
}
