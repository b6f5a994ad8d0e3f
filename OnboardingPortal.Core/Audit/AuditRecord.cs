using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Audit;

/// <summary>
/// What is kept of the audit trail outside the database, so that an older copy of the database, put back, is found out. After each commit
/// the place and the seal of an agency's newest entry go to the log, and to one file a day in the folder <c>audit</c> of the data
/// directory, a line each: time in UTC, agency, sequence, seal in hex. Every process writes files of its own, so several may share the
/// directory; a new file begins with the newest line of each agency, which is thus never forgotten with the old files. Lines are handed to
/// the operating system and not forced to the disk: what a power cut takes makes the check weaker, never wrong.
/// </summary>
public sealed partial class AuditRecord(IOptions<PortalOptions> options, TimeProvider clock, ILogger<AuditRecord> logger)
{
    private readonly Lock _lock = new();
    private string _writer = NewWriter();
    private Dictionary<AgencyId, AuditMark>? _newest; // null until the files were read

    private string Folder => Path.Combine(options.Value.DataDirectory, "audit");

    /// <summary>The newest entry of an agency that this node knows of; null when it has seen none.</summary>
    internal AuditMark? NewestOf(AgencyId agency)
    {
        lock (_lock) return Newest().TryGetValue(agency, out var mark) ? mark : null;
    }

    /// <summary>
    /// All that the files of this node know of an agency, in no order; entries of one transaction are there by the last of them.
    /// </summary>
    internal List<AuditMark> Read(AgencyId agency)
    {
        var marks = new List<AuditMark>();
        ReadAll(mark =>
        {
            if (mark.Agency == agency) marks.Add(mark);
        });
        return marks;
    }

    /// <summary>Takes down what was committed. What cannot be written is logged and stops nobody's work.</summary>
    internal void Note(IReadOnlyList<AuditMark> marks)
    {
        foreach (var mark in marks)
        {
            var seal = Convert.ToHexStringLower(mark.Seal);
            LogSealed(mark.Agency, mark.Sequence, seal);
        }

        lock (_lock)
        {
            var newest = Newest();
            try
            {
                Write(marks, newest);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                _writer = NewWriter(); // half a line may have been written: the next one does not go behind it
                LogNotWritten(exception, Folder);
            }

            foreach (var mark in marks) Learn(newest, mark);
        }
    }

    private void Write(IReadOnlyList<AuditMark> marks, Dictionary<AgencyId, AuditMark> newest)
    {
        var now = clock.GetUtcNow();
        var file = Path.Combine(PrivateFiles.CreateDirectory(Folder), $"{now:yyyy-MM-dd}.{_writer}.log");
        var isNew = !File.Exists(file);
        var lines = string.Concat((isNew ? newest.Values.Concat(marks) : marks).Select(mark => mark.ToLine(now)));
        using (var stream = new FileStream(file, PrivateFiles.New(FileMode.Append))) stream.Write(Encoding.ASCII.GetBytes(lines));
        if (isNew) Forget(DateOnly.FromDateTime(now.UtcDateTime).AddDays(-options.Value.AuditRecordDays));
    }

    private void Forget(DateOnly before)
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*.log"))
        {
            var name = Path.GetFileName(file);
            if (name.Length > 10
                && DateOnly.TryParseExact(name[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                && day < before) File.Delete(file);
        }
    }

    private Dictionary<AgencyId, AuditMark> Newest()
    {
        if (_newest is not null) return _newest;
        var newest = new Dictionary<AgencyId, AuditMark>();
        ReadAll(mark => Learn(newest, mark));
        return _newest = newest;
    }

    private void ReadAll(Action<AuditMark> take)
    {
        try
        {
            if (!Directory.Exists(Folder)) return;
            foreach (var file in Directory.EnumerateFiles(Folder, "*.log"))
            {
                using var reader = new StreamReader(
                    new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.ASCII);
                while (reader.ReadLine() is { } line)
                {
                    if (AuditMark.Parse(line) is { } mark) take(mark); // anything else is a line that a crash cut short
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotRead(exception, Folder);
        }
    }

    private static void Learn(Dictionary<AgencyId, AuditMark> newest, AuditMark mark)
    {
        if (!newest.TryGetValue(mark.Agency, out var known) || known.Sequence < mark.Sequence) newest[mark.Agency] = mark;
    }

    private static string NewWriter() => Guid.NewGuid().ToString("N")[..8];

    [LoggerMessage(EventId = 1401, Level = LogLevel.Information, Message = "The newest audit entry of agency {Agency} is {Sequence}, "
        + "sealed {Seal}")]
    private partial void LogSealed(AgencyId agency, long sequence, string seal);

    [LoggerMessage(EventId = 1402, Level = LogLevel.Error, Message = "The record of audit entries could not be written to {Folder}; "
        + "the log has them alone")]
    private partial void LogNotWritten(Exception exception, string folder);

    [LoggerMessage(EventId = 1403, Level = LogLevel.Error, Message = "The record of audit entries in {Folder} could not be read: the "
        + "audit trail is compared with a part of it")]
    private partial void LogNotRead(Exception exception, string folder);
}
