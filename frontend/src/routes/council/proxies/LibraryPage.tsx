// Why: the same library for everybody who is signed in, whatever the organisation.
import { SignedIn } from '@/session/SignedIn';
import { Library } from './Library';
import '../council.css';

export default function LibraryPage() {
  return (
    <SignedIn>
      <Library />
    </SignedIn>
  );
}
