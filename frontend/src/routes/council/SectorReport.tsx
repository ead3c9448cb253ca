// Why: what the whole sector asks for and is awarded, in aggregates only: published cells of one
// snapshot, small ones suppressed before they reach this page.
import { NativeSelect } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DateTimeHkt } from '@/components/Figures';
import { EmptyState, QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import { graphql } from '@/gql';
import type { SectorReportPageQuery } from '@/gql/graphql';
import { DIMENSIONS, MEASURES, type Measure } from './search';
import { SectorTable } from './SectorTable';
import { TileMap, TILES } from './TileMap';

const SectorReportPage = graphql(`
  query SectorReportPage($dimension: SectorDimension!) {
    sectorReport(dimension: $dimension) {
      dimension
      asAt
      snapshotId
      threshold
      cells {
        code
        suppressed
        organisations
        applications
        asked
        awarded
        label {
          en
          zh
        }
      }
      total {
        code
        suppressed
        organisations
        applications
        asked
        awarded
        label {
          en
          zh
        }
      }
    }
  }
`);

const FROM = '/s/$council/';
type Report = SectorReportPageQuery['sectorReport'];

export default function SectorReport() {
  const { t } = useTranslation('council');
  const { council } = useParams({ from: FROM });
  const { by: dimension = 'DISTRICT', measure = 'asked' } = useSearch({ from: FROM });
  const [state, ask] = useQuery({
    query: SectorReportPage,
    variables: { dimension },
    requestPolicy: 'cache-and-network',
  });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const report = state.data?.sectorReport;
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <p className="pl-muted">{t('intro')}</p>
      <nav aria-label={t('by')} className="co-tabs pl-noprint">
        <ul>
          {DIMENSIONS.map((each) => (
            <li key={each}>
              <Link
                to="/s/$council"
                params={{ council }}
                search={(old) => ({ ...old, by: each })}
                resetScroll={false}
                aria-current={each === dimension ? 'page' : undefined}
                activeOptions={{ exact: true, includeSearch: true }}
              >
                {t(`dimension.${each}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {report ? (
        <Body report={report} measure={measure} />
      ) : (
        <QueryWait state={state} found={false} retry={refetch} />
      )}
    </>
  );
}

function Body({ report, measure }: { report: Report; measure: Measure }) {
  const { t } = useTranslation('council');
  const navigate = useNavigate({ from: FROM });
  if (report.asAt === null) return <EmptyState>{t('none')}</EmptyState>;
  const byDistrict = report.dimension === 'DISTRICT';
  const elsewhere = report.cells.filter((cell) => !(cell.code in TILES));
  const caption = t('caption', { dimension: t(`dimension.${report.dimension}`) });
  return (
    <>
      <p>
        {t('asAt')} <DateTimeHkt at={report.asAt} />
        <span className="pl-muted pl-small">
          {' '}
          · {t('snapshot')} <code className="pl-hash">{report.snapshotId}</code>
        </span>
      </p>
      <div className="co-measure pl-noprint">
        <NativeSelect
          label={t('show')}
          value={measure}
          onChange={(event) => {
            const wanted = MEASURES.find((each) => each === event.currentTarget.value);
            if (wanted) void navigate({ search: (old) => ({ ...old, measure: wanted }), replace: true, resetScroll: false });
          }}
          data={MEASURES.map((each) => ({ value: each, label: t(`measure.${each}`) }))}
        />
      </div>
      <div className={byDistrict ? 'co-both' : ''}>
        {byDistrict && <TileMap cells={report.cells} measure={measure} />}
        <SectorTable caption={caption} cells={report.cells} total={report.total} measure={measure} />
      </div>
      <p className="pl-muted pl-small">
        {t('threshold', { count: report.threshold })} {t('applicationsNote')}
        {byDistrict && elsewhere.length > 0 && ` ${t('elsewhere')}`}
      </p>
    </>
  );
}
