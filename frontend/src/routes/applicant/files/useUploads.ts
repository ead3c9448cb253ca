// Why: chosen files are sent one after another; what was refused stays listed with its reasons, and nothing else is
// lost.
import { useCallback, useRef, useState } from 'react';
import { useMutation } from 'urql';
import { sendBytes } from '@/api/files';
import { problemsOf } from '@/api/problems';
import type { ProblemLike } from '@/components/ProblemText';
import type { FileKind } from '@/gql/graphql';
import { FileUploadGrant } from './query';

export interface Upload {
  id: string;
  name: string;
  state: 'queued' | 'sending' | 'sent' | 'refused';
  /** From 0 to 1. */
  share: number;
  problems: readonly ProblemLike[];
}

interface Uploads {
  uploads: readonly Upload[];
  add: (files: readonly File[], kind: FileKind) => void;
  dismiss: () => void;
}

export function useUploads(applicationId: string, onSent: () => void): Uploads {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const [, ask] = useMutation(FileUploadGrant);
  const last = useRef<Promise<void>>(Promise.resolve());

  const change = useCallback((id: string, now: Partial<Upload>) => {
    setUploads((all) => all.map((each) => (each.id === id ? { ...each, ...now } : each)));
  }, []);

  const send = useCallback(
    async (id: string, file: File, kind: FileKind) => {
      change(id, { state: 'sending' });
      const input = { applicationId, kind, name: file.name, bytes: file.size };
      const payload = (await ask({ input })).data?.fileUploadGrant;
      const grant = payload?.grant;
      const problems = grant
        ? await sendBytes(`/files/upload/${grant}`, file, (share) => change(id, { share }))
        : problemsOf(payload);
      change(id, { state: problems.length === 0 ? 'sent' : 'refused', problems });
      if (problems.length === 0) onSent();
    },
    [applicationId, ask, change, onSent],
  );

  const add = useCallback(
    (files: readonly File[], kind: FileKind) => {
      const chosen = files.map((file) => ({ id: crypto.randomUUID(), file }));
      const fresh = chosen.map(({ id, file }): Upload => ({ id, name: file.name, state: 'queued', share: 0, problems: [] }));
      // What was told of the files before stays until it is dismissed; those that arrived are in the table.
      setUploads((all) => [...all.filter((each) => each.state !== 'sent'), ...fresh]);
      for (const { id, file } of chosen) last.current = last.current.then(() => send(id, file, kind));
    },
    [send],
  );

  const dismiss = useCallback(() => {
    setUploads((all) => all.filter((each) => each.state === 'queued' || each.state === 'sending'));
  }, []);
  return { uploads, add, dismiss };
}
