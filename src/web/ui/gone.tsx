import { Link } from 'wouter';

type GoneProps = { title: string; text: string; to: { href: string; name: string } };

/** Stands where a thing was that is not there any more for whoever is here, or never was; with the way on. */
export const Gone = ({ title, text, to }: GoneProps) => (
  <div className="mx-auto mt-20 max-w-sm text-center">
    <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
    <p className="mt-1.5 text-sm text-balance text-muted">{text}</p>
    <Link
      href={to.href}
      className="mt-5 inline-block text-sm font-medium text-accent underline-offset-4 hover:underline"
    >
      {to.name}
    </Link>
  </div>
);
