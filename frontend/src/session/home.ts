// Why: where somebody works is the first page of the organisation they act for.
import type { Me } from './session';

export function homeOf({ tenant: { id, kind } }: { tenant: Pick<Me['tenant'], 'id' | 'kind'> }) {
  switch (kind) {
    case 'NGO':
      return { to: '/o/$org', params: { org: id } } as const;
    case 'FUNDER':
      return { to: '/f/$funder', params: { funder: id } } as const;
    case 'COUNCIL':
      return { to: '/s/$council', params: { council: id } } as const;
    case 'OPERATOR':
      return { to: '/operator' } as const;
  }
}
