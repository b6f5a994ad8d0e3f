using System.Security.Cryptography;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.Core.DataSync;

/// <summary>
/// One reading of a list, compared with what the audience holds: what comes in are people, what comes out are parcels to send, the same
/// ones for a plan and for a run. Lives in memory alone, for as long as its run; a replacement streams, a difference is held until all is
/// read.
/// </summary>
internal sealed class SyncPass
{
    /// <summary>The largest part of an audience that a difference may change.</summary>
    public const double MaxPart = 0.2;

    /// <summary>How many days Facebook knows a person by our id.</summary>
    public const int IdDays = 89;

    /// <summary>The most people that are taken out everywhere in one run; the rest follows in the next.</summary>
    public const int MaxEverywhere = 100_000;

    private readonly PersonMatcher _matcher;
    private readonly SyncHasher _hasher;
    private readonly int[] _fields;
    private readonly string?[] _values;
    private readonly ushort _day;
    private readonly int _maxChanges;
    private readonly int _maxRows;
    private readonly int _maxBack;
    private readonly SkipCounter _skipped = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<SyncRow> _held = [];
    private readonly List<SyncRow> _everywhere = [];
    private readonly List<SyncRow> _rows = [];
    private readonly List<SyncRow> _removed = [];
    private SyncRow? _spare;
    private bool _hasNewlyOut;
    private bool _isCut;

    public SyncPass(SyncRun run, AudienceSync sync, byte[] key, Roster roster, bool replaces, SyncLimits limits, DateTimeOffset now)
    {
        Run = run.Id;
        Replaces = replaces;
        Roster = roster;
        PeopleBefore = roster.People;
        _day = DayOf(now);
        Keys = [.. sync.Columns.Select(c => c.Key)];
        var fields = sync.Columns.Select(c => new ContactField(c.Field, c.Name)).DistinctBy(f => f.Key).ToList();
        Selection = new ContactSelection(sync.List, fields, sync.Filter);
        _fields = [.. sync.Columns.Select(c => fields.FindIndex(f => f.Key == c.Field))];
        _values = new string?[Keys.Count];
        _matcher = new PersonMatcher(Keys, new MatchRules(sync.DefaultCountry), _skipped);
        _hasher = new SyncHasher(key, Keys);
        _maxChanges = Math.Min(limits.Changes, (int)(roster.People * MaxPart));
        _maxRows = limits.Rows;
        _maxBack = limits.Back;
    }

    public SyncRunId Run { get; }

    /// <summary>Whether all people are sent, or what has changed.</summary>
    public bool Replaces { get; }

    public Roster Roster { get; }

    public int PeopleBefore { get; }

    public IReadOnlyList<MatchKey> Keys { get; }

    public ContactSelection Selection { get; }

    /// <summary>The turn of the run after which the pass was left; another one in between makes it worthless.</summary>
    public int Turn { get; set; }

    /// <summary>Until when it rests, UTC.</summary>
    public DateTimeOffset RestsUntil { get; set; }

    /// <summary>Where the next page begins; null at the beginning.</summary>
    public string? Cursor { get; private set; }

    public bool IsRead { get; private set; }

    /// <summary>The page that was read and not taken in yet; null when there is none.</summary>
    public ContactPage? Fresh { get; set; }

    /// <summary>How often in a row the platform did not let a page be read.</summary>
    public int Failures { get; set; }

    /// <summary>What was cut and has not arrived yet.</summary>
    public SyncParcel? Outgoing { get; set; }

    /// <summary>The session that what is sent now belongs to; null before its first parcel.</summary>
    public (SyncAction Action, long Id, int Sequence)? Session { get; set; }

    /// <summary>What of a replacement's session had left before this node took over, by number.</summary>
    public IReadOnlyDictionary<int, KnownParcel> Known { get; set; } = new Dictionary<int, KnownParcel>();

    /// <summary>How many people of the replacement's session Facebook has.</summary>
    public long SentInSession { get; set; }

    /// <summary>When the last page was told of, UTC.</summary>
    public DateTimeOffset ToldAt { get; set; }

    /// <summary>How many calls there were, or would be.</summary>
    public int Calls { get; set; }

    public long Rejected { get; set; }

    public long? Matched { get; set; }

    /// <summary>Whether a difference turned out too large to be sent as one.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Whether there is nobody to send.</summary>
    public bool IsNobody => IsRead && Valid == 0 && _spare is null;

    private long? Expected { get; set; }

    private long Read { get; set; }

    private long Valid { get; set; }

    private long OptedOut { get; set; }

    private long Unchanged { get; set; }

    private long Added { get; set; }

    private long Removed { get; set; }

    public SyncCounts Counts =>
        new(Expected, Read, Valid, OptedOut, Unchanged, Added, Removed, Rejected, Matched, _skipped.Totals);

    /// <summary>The day as entries keep it.</summary>
    public static ushort DayOf(DateTimeOffset at) =>
        (ushort)Math.Clamp((at.UtcDateTime - DateTime.UnixEpoch).TotalDays, 0, ushort.MaxValue);

    /// <summary>The hash of all that was cut, 64 lower-case hex digits.</summary>
    public string Hash => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>How many bytes it holds, about.</summary>
    public long Memory =>
        Roster.Memory + ((_held.Count + _everywhere.Count + _rows.Count + _removed.Count + (Outgoing?.Rows.Count ?? 0)) * SyncRow.Memory);

    /// <summary>Takes a page in.</summary>
    public void Take(ContactPage page)
    {
        Expected = page.Total ?? Expected;
        if (Cursor is null) Roster.Expect(Expected ?? 0);
        foreach (var contact in page.People)
        {
            Read++;
            Take(contact);
        }

        (Cursor, IsRead, Failures) = (page.Next, page.Next is null, 0);
        if (IsRead) Decide();
    }

    /// <summary>The next parcel; null when more must be read first, or when all was cut.</summary>
    public SyncParcel? Cut()
    {
        if (IsTooLarge || IsNobody) return IsNobody ? CutEverywhere() : null;
        if (_hasNewlyOut)
        {
            _rows.RemoveAll(r => Roster.MarkAt(r.Place).HasFlag(RosterMarks.Out));
            _hasNewlyOut = false;
        }

        if (_removed.Count > 0) return Cut(SyncAction.Remove, _removed, _removed.Count <= _maxRows);
        if (Replaces ? _rows.Count > _maxRows || (IsRead && !_isCut) : IsRead && _rows.Count > 0)
        {
            var isLast = _rows.Count <= _maxRows;
            if (_rows.Count == 0) _rows.Add(_spare!.Value); // the session must end, and with somebody: it arrives once
            _isCut = isLast;
            return Cut(Replaces ? SyncAction.Replace : SyncAction.Add, _rows, isLast);
        }

        return IsRead ? CutEverywhere() : null;
    }

    private SyncParcel? CutEverywhere() =>
        _everywhere.Count > 0 ? Cut(SyncAction.Everywhere, _everywhere, _everywhere.Count <= _maxRows) : null;

    private SyncParcel Cut(SyncAction action, List<SyncRow> from, bool isLast)
    {
        var rows = from.GetRange(0, Math.Min(from.Count, _maxRows));
        from.RemoveRange(0, rows.Count);
        if (action == SyncAction.Replace) _spare = rows[0];
        _hash.AppendData([(byte)action]);
        foreach (var row in rows) row.HashInto(_hash);
        return new SyncParcel(action, rows, isLast, _day);
    }

    private void Take(Contact contact)
    {
        for (var i = 0; i < _fields.Length; i++) _values[i] = contact.Values[_fields[i]];
        var matched = _matcher.Match(_values);
        if (contact.IsOptedOut)
        {
            OptedOut++;
            if (matched.CanBeFound) TakeOptedOut(matched);
            return;
        }

        if (!matched.CanBeFound)
        {
            _skipped.Count(SkipReason.NobodyToFind);
            return;
        }

        var (person, sent) = (_hasher.PersonOf(matched), _hasher.SentOf(matched));
        var place = Roster.Find(person);
        if (place >= 0 && (Roster.MarkAt(place) & (RosterMarks.Seen | RosterMarks.Out)) != 0)
        {
            _skipped.Count(SkipReason.Duplicate);
            return;
        }

        var isKnown = place >= 0;
        if (isKnown && Roster.SentAt(place) == Roster.OptedOut && _held.Count >= _maxBack)
        {
            OptedOut++; // they agreed again, and follow in the next run
            return;
        }

        Valid++;
        if (!isKnown) place = Roster.Put(person, sent, _day);
        var row = new SyncRow(person, sent, matched, place);
        var before = Roster.SentAt(place);
        var isChanged = !isKnown || before != sent;
        if (isChanged) Added++;
        else Unchanged++;
        Roster.MarkAt(place) |= RosterMarks.Seen | (isKnown ? 0 : RosterMarks.New) | (isChanged ? RosterMarks.Changed : 0);
        if (before == Roster.OptedOut) _held.Add(row); // another row of theirs may still say that they opted out
        else if (Replaces || isChanged) _rows.Add(row);
        if (!Replaces && _rows.Count > _maxChanges) IsTooLarge = true;
    }

    private void TakeOptedOut(MatchedPerson matched)
    {
        var person = _hasher.PersonOf(matched);
        var place = Roster.Find(person);
        if (place >= 0 && Roster.MarkAt(place).HasFlag(RosterMarks.Out)) return; // twice in the list
        var isNews = place < 0 || Roster.SentAt(place) != Roster.OptedOut;
        if (place < 0) place = Roster.Put(person, Roster.OptedOut, _day);
        else if (Roster.MarkAt(place).HasFlag(RosterMarks.Seen)) TakeBack(place);
        Roster.MarkAt(place) |= RosterMarks.Out;
        _hasNewlyOut = true;
        if (isNews && _everywhere.Count < MaxEverywhere) _everywhere.Add(new SyncRow(person, Roster.OptedOut, matched, place));
    }

    /// <summary>Another row of somebody who opted out was counted before.</summary>
    private void TakeBack(int place)
    {
        Valid--;
        _skipped.Count(SkipReason.Duplicate);
        if (Roster.MarkAt(place).HasFlag(RosterMarks.Changed)) Added--;
        else Unchanged--;
    }

    /// <summary>All is read: what is there no more, and whether a difference will do.</summary>
    private void Decide()
    {
        _rows.AddRange(_held.Where(r => !Roster.MarkAt(r.Place).HasFlag(RosterMarks.Out)));
        var oldest = _day - IdDays;
        for (var place = 0; place < Roster.Count; place++)
        {
            var marks = Roster.MarkAt(place);
            if (!Roster.IsIn(place) || marks.HasFlag(RosterMarks.New)) continue;
            if ((marks & (RosterMarks.Seen | RosterMarks.Out)) == RosterMarks.Seen) continue;
            Removed++;
            if (Replaces || IsTooLarge) continue;
            _removed.Add(new SyncRow(Roster.PersonAt(place), Roster.SentAt(place), default, place));
            if (Roster.DayAt(place) < oldest || _rows.Count + _removed.Count > _maxChanges) IsTooLarge = true;
        }

        if (!Replaces && _rows.Count + _removed.Count > _maxChanges) IsTooLarge = true;
    }
}

/// <summary>A parcel that left before.</summary>
/// <param name="Hash">Of what it held.</param>
/// <param name="IsConfirmed">Whether Facebook has it.</param>
internal sealed record KnownParcel(byte[] Hash, bool IsConfirmed);
