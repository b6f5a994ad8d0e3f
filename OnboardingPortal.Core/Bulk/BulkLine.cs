namespace OnboardingPortal.Core.Bulk;

/// <summary>A row of an import for people.</summary>
/// <param name="Line">Where it begins in the file, from 1.</param>
/// <param name="Recipients">All addresses; of a refused row the cell as it is. Hostile text.</param>
/// <param name="Services">The services by name; of a refused row the cell as it may be. Hostile text.</param>
/// <param name="Message">The whole message; hostile text.</param>
/// <param name="State">How far it is.</param>
/// <param name="Problems">What is wrong with it; empty = nothing.</param>
/// <param name="Request">The request made of it; null = none was made.</param>
public sealed record BulkLine(
    int Line, string Recipients, string Services, string Message, BulkRowState State, IReadOnlyList<BulkProblem> Problems,
    RequestId? Request)
{
    internal static BulkLine Of(BulkRow row)
    {
        var input = BulkInput.Read(row.Input);
        return new BulkLine(
            row.Line, input.Addresses, input.Services, input.Request.Message, row.State, BulkProblem.Read(row.Problems), row.RequestId);
    }
}

/// <summary>Some rows of an import, in the order of the file.</summary>
/// <param name="Lines">The rows.</param>
/// <param name="HasMore">Whether there are later ones.</param>
public sealed record BulkPage(IReadOnlyList<BulkLine> Lines, bool HasMore);

/// <summary>An import for people.</summary>
/// <param name="Id">The import's id.</param>
/// <param name="FileName">The file's name, hostile; null = the text was pasted.</param>
/// <param name="State">How far it is.</param>
/// <param name="CreatedAt">When it was read, UTC.</param>
/// <param name="Ignored">The columns that were ignored; hostile text.</param>
/// <param name="Ready">How many rows can be sent and are not.</param>
/// <param name="Refused">How many were refused when they were read.</param>
/// <param name="Sent">How many requests were made and sent.</param>
/// <param name="Failed">How many were refused when they were sent.</param>
public sealed record BulkOverview(
    BulkImportId Id, string? FileName, BulkImportState State, DateTimeOffset CreatedAt, IReadOnlyList<string> Ignored, int Ready,
    int Refused, int Sent, int Failed)
{
    /// <summary>How many rows the file has.</summary>
    public int Rows => Ready + Refused + Sent + Failed;

    /// <summary>How many rows are, were or would be tried.</summary>
    public int ToSend => Ready + Sent + Failed;
}

/// <summary>The whole import, to be written to a file.</summary>
/// <param name="FileName">The file's name, hostile; null = the text was pasted.</param>
/// <param name="Lines">Its rows in the order of the file, read piece by piece as they are taken.</param>
public sealed record BulkResults(string? FileName, IAsyncEnumerable<BulkLine> Lines);
