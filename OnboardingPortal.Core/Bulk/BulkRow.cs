namespace OnboardingPortal.Core.Bulk;

/// <summary>One row of an import.</summary>
public sealed class BulkRow : IAgencyOwned
{
    private BulkRow()
    {
    }

    internal BulkRow(BulkImport import, int line, string recipients, string input, string? problems)
    {
        ImportId = import.Id;
        AgencyId = import.AgencyId;
        Line = line;
        Recipients = recipients;
        Input = input;
        Problems = problems;
        State = problems is null ? BulkRowState.Ready : BulkRowState.Refused;
    }

    /// <summary>Which import.</summary>
    public BulkImportId ImportId { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>The line in the file on which the row begins, from 1 (the header).</summary>
    public int Line { get; private set; }

    /// <summary>The addresses as the row has them, cut to what the page shows; hostile text.</summary>
    public string Recipients { get; private set; } = "";

    /// <summary>The request to be made, as JSON.</summary>
    public string Input { get; private set; } = "";

    /// <summary>What is wrong with the row, as JSON; null = nothing was found.</summary>
    public string? Problems { get; private set; }

    /// <summary>How far it is.</summary>
    public BulkRowState State { get; private set; }

    /// <summary>The request made of it.</summary>
    public RequestId? RequestId { get; private set; }
}

/// <summary>How far a row is. Stored by name.</summary>
public enum BulkRowState
{
    /// <summary>Can be sent.</summary>
    Ready,

    /// <summary>Cannot be sent; its problems say why.</summary>
    Refused,

    /// <summary>Its request was made and its mails are in the outbox.</summary>
    Sent,

    /// <summary>It was good when it was read and refused when it was sent; its problems say why.</summary>
    Failed,
}
