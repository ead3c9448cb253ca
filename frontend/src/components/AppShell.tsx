// Why: the frame of every page: name, role-dependent navigation, fictional mark, language toggle,
// skip link, footer, and the sign-in form over the page when a session has ended.
import { Button, Modal, NativeSelect } from '@mantine/core';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut, switchTenant } from '@/api/auth';
import { useLanguage } from '@/i18n';
import { personName } from '@/personName';
import { seesAll } from '@/routes/funder/roles';
import { homeOf } from '@/session/home';
import { NoticeGate } from '@/session/NoticeGate';
import { readsTrail } from '@/session/rights';
import { useSession, type Me } from '@/session/session';
import { SignInForm } from '@/session/SignInForm';
import { OfflineBanner, OutdatedBanner } from './PageStates';

export function AppShell() {
  const { t } = useTranslation();
  const { me, ended, refresh } = useSession();
  const place = useLocation({ select: (location) => location.pathname });
  const last = useRef(place);
  const navigate = useNavigate();
  async function leave() {
    await signOut();
    await navigate({ to: '/' });
    refresh(true);
  }
  // A new page is announced and read from its start; links to a field set the focus themselves.
  useEffect(() => {
    if (place === last.current) return;
    last.current = place;
    if (location.hash === '') document.getElementById('main')?.focus({ preventScroll: true });
  }, [place]);
  return (
    <>
      <a className="pl-skip" href="#main">
        {t('skipToContent')}
      </a>
      <header className="pl-header">
        <div className="pl-bar">
          <Link to="/" className="pl-brand">
            {t('product')} <span lang={t('product') === '衡善' ? 'en' : 'zh-HK'}>{t('productOther')}</span>
          </Link>
          <span className="pl-mark" title={t('fictionalHelp')}>
            {t('fictional')}
          </span>
          <nav aria-label={t('mainNavigation')}>
            <ul className="pl-nav">
              {me && <RoleLinks me={me} />}
              <li>
                <Link to="/method">{t('nav.method')}</Link>
              </li>
            </ul>
          </nav>
          <span className="pl-spacer" />
          {me && <Account me={me} onLeave={() => void leave()} />}
          <LanguageToggle />
        </div>
        <OfflineBanner />
        <OutdatedBanner />
      </header>
      <main id="main" className="pl-main" tabIndex={-1}>
        <Outlet />
      </main>
      <Footer />
      {me?.noticeWanted && !ended && <NoticeGate key={me.noticeWanted} wanted={me.noticeWanted} onLeave={() => void leave()} />}
      <Modal opened={ended} onClose={() => refresh(false)} size="xl" title={t('session.title')} closeButtonProps={{ 'aria-label': t('actions.close') }}>
        <p>{t('session.expired')}</p>
        <SignInForm email={me?.email ?? ''} onDone={() => refresh(false)} />
      </Modal>
    </>
  );
}

function RoleLinks({ me }: { me: Me }) {
  const { t } = useTranslation();
  const links: Record<Me['tenant']['kind'], ReactNode> = {
    NGO: (
      <Link to="/o/$org" params={{ org: me.tenant.id }} activeOptions={{ exact: true }}>
        {t('nav.home')}
      </Link>
    ),
    FUNDER: (
      <Link to="/f/$funder" params={{ funder: me.tenant.id }} activeOptions={{ exact: true }}>
        {t('nav.rounds')}
      </Link>
    ),
    COUNCIL: (
      <Link to="/s/$council" params={{ council: me.tenant.id }} activeOptions={{ exact: true, includeSearch: false }}>
        {t('nav.sector')}
      </Link>
    ),
    OPERATOR: (
      <Link to="/operator" activeOptions={{ exact: true }}>
        {t('nav.workload')}
      </Link>
    ),
  };
  return (
    <>
      <li>{links[me.tenant.kind]}</li>
      {me.tenant.kind === 'FUNDER' && seesAll(me.roles) && (
        <li>
          <Link to="/f/$funder/rules" params={{ funder: me.tenant.id }}>
            {t('nav.rules')}
          </Link>
        </li>
      )}
      {me.tenant.kind === 'OPERATOR' && (
        <li>
          <Link to="/operator/registrations">{t('nav.registrations')}</Link>
        </li>
      )}
      {me.tenant.kind !== 'OPERATOR' && (
        <li>
          {me.tenant.kind === 'COUNCIL' ? (
            <Link to="/s/$council/proxies" params={{ council: me.tenant.id }}>
              {t('nav.proxies')}
            </Link>
          ) : (
            <Link to="/proxies">{t('nav.proxies')}</Link>
          )}
        </li>
      )}
    </>
  );
}

function Account({ me, onLeave }: { me: Me; onLeave: () => void }) {
  const { t } = useTranslation();
  const { pick } = useLanguage();
  const { refresh } = useSession();
  const navigate = useNavigate();

  async function change(tenantId: string) {
    const tenant = me.memberships.find((each) => each.tenant.id === tenantId)?.tenant;
    if (!tenant) return;
    // The first page of the chosen organisation acts for it; two operators share one address.
    if (tenant.kind === 'OPERATOR' && me.tenant.kind === 'OPERATOR') {
      await switchTenant(tenantId);
      refresh(true);
    }
    await navigate(homeOf({ tenant }));
  }
  return (
    <>
      <div className="pl-small pl-account">
        <span>{personName(me.name)}</span>
        {me.memberships.length > 1 ? (
          <NativeSelect
            size="xs"
            aria-label={t('switchTenant')}
            value={me.tenant.id}
            onChange={(event) => void change(event.currentTarget.value)}
            data={me.memberships.map(({ tenant }) => ({ value: tenant.id, label: pick(tenant.name) }))}
          />
        ) : (
          <span className="pl-muted">{pick(me.tenant.name)}</span>
        )}
      </div>
      <Button variant="subtle" size="compact-sm" onClick={onLeave}>
        {t('signOut')}
      </Button>
    </>
  );
}

/** Changes the words in place: page, scroll and unsaved input stay. */
function LanguageToggle() {
  const { t, i18n } = useTranslation();
  const { language } = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button
      className="pl-toggle"
      variant="default"
      size="compact-md"
      lang={other === 'zh' ? 'zh-HK' : 'en'}
      onClick={() => void i18n.changeLanguage(other)}
    >
      {t('otherLanguage')}
    </Button>
  );
}

function Footer() {
  const { t } = useTranslation();
  const { me } = useSession();
  return (
    <footer className="pl-footer">
      <div className="pl-bar">
        <span>{t('footer.note')}</span>
        <span className="pl-spacer" />
        <nav aria-label={t('footer.method')}>
          <ul className="pl-nav">
            <li>
              <Link to="/method">{t('footer.method')}</Link>
            </li>
            <li>
              <Link to="/privacy">{t('footer.privacy')}</Link>
            </li>
            {me && (
              <li>
                <Link to="/account">{t('nav.account')}</Link>
              </li>
            )}
            {me?.roles.some((role) => role !== 'NGO_ADVISER') && (
              <li>
                <Link to="/people">{t('nav.people')}</Link>
              </li>
            )}
            {readsTrail(me?.roles ?? []) && (
              <li>
                <Link to="/audit">{t('nav.audit')}</Link>
              </li>
            )}
          </ul>
        </nav>
      </div>
    </footer>
  );
}
