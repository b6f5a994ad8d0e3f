namespace OnboardingPortal.Core.Bulk;

/// <summary>Requests to be made from a CSV file: read, shown with every row's errors, then sent in the background.</summary>
public sealed class BulkImport : IAgencyOwned
{
    /// <summary>The most rows of one file.</summary>
    public const int MaxRows = 5000;

    /// <summary>The most columns of one file, known to the portal or not.</summary>
    public const int MaxColumns = 200;

    /// <summary>The most UTF-16 code units of a file's name; longer ones are cut.</summary>
    public const int FileNameMaxLength = 200;

    private BulkImport()
    {
    }

    internal BulkImport(
        BulkImportId id, AgencyCaller by, string? fileName, IReadOnlyList<string> ignored, int rows, int refused, DateTimeOffset now)
    {
        Id = id;
        AgencyId = by.Agency;
        UserId = by.User;
        UserName = by.Name;
        FileName = fileName;
        Ignored = ignored;
        Rows = rows;
        Refused = refused;
        CreatedAt = now;
    }

    /// <summary>The import's id.</summary>
    public BulkImportId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>Who imports, and whose requests they become.</summary>
    public AgencyUserId UserId { get; private set; }

    /// <summary>That user's name at the time.</summary>
    public string UserName { get; private set; } = "";

    /// <summary>The file's name, hostile; null = the text was pasted.</summary>
    public string? FileName { get; private set; }

    /// <summary>The columns that the portal does not know, as the header names them; hostile text.</summary>
    public IReadOnlyList<string> Ignored { get; private set; } = [];

    /// <summary>How far it is.</summary>
    public BulkImportState State { get; private set; } = BulkImportState.Preview;

    /// <summary>How many rows the file has.</summary>
    public int Rows { get; private set; }

    /// <summary>How many of them were refused when they were read.</summary>
    public int Refused { get; private set; }

    /// <summary>When it was read, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Until when a node works on it, UTC; null = nobody does.</summary>
    public DateTimeOffset? LeasedUntil { get; private set; }
}

/// <summary>How far an import is. Stored by name.</summary>
public enum BulkImportState
{
    /// <summary>Read and shown; nothing is sent.</summary>
    Preview,

    /// <summary>The good rows are being sent; it pauses while its user is disabled.</summary>
    Sending,

    /// <summary>Every good row was tried.</summary>
    Done,

    /// <summary>Stopped on the way, by its user or because they were removed: rows that are still ready are never sent.</summary>
    Cancelled,
}
