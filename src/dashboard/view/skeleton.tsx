/** Where the figures will be, while they are on their way for the first time. */
export function Skeleton() {
  return (
    <div class="grid skeleton" aria-hidden="true">
      <div class="key-figures">
        {[0, 1, 2, 3].map((i) => (
          <div class="panel key-figure" key={i} />
        ))}
      </div>
      {['by-day', 'operations', 'by-month', 'segments'].map((id) => (
        <div class="panel" id={`${id}-soon`} key={id} />
      ))}
    </div>
  );
}
