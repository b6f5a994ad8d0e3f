namespace OnboardingPortal.Core.Bulk;

/// <summary>The file has more bytes than are read.</summary>
public sealed record BulkFileTooLarge : PortalError
{
    /// <summary><c>{0}</c>: the limit in MB.</summary>
    public override IReadOnlyList<object> Arguments => [BulkReader.MaxBytes / 1024 / 1024];
}

/// <summary>The file is a workbook (xlsx, xls, ods) or a PDF, not a CSV file.</summary>
public sealed record BulkFileIsWorkbook : PortalError;

/// <summary>The file is no text: it holds NUL characters, or what its byte order mark promises is not true.</summary>
public sealed record BulkFileNotText : PortalError;

/// <summary>There is nothing in the file.</summary>
public sealed record BulkFileEmpty : PortalError;

/// <summary>The file has a header and no rows.</summary>
public sealed record BulkFileHasNoRows : PortalError;

/// <summary>No column holds recipients: the header is missing or named otherwise.</summary>
/// <param name="Header">The beginning of the first line; hostile text.</param>
public sealed record BulkRecipientsMissing(string Header) : PortalError
{
    /// <summary><c>{0}</c>: the first line.</summary>
    public override IReadOnlyList<object> Arguments => [Header];
}

/// <summary>Two columns of the header hold the same.</summary>
/// <param name="Header">The second one; hostile text.</param>
public sealed record BulkColumnTwice(string Header) : PortalError
{
    /// <summary><c>{0}</c>: the second one's name.</summary>
    public override IReadOnlyList<object> Arguments => [Header];
}

/// <summary>A quote is opened and never closed, so that rows behind it cannot be told apart.</summary>
/// <param name="Line">Where the row with it begins, from 1.</param>
public sealed record BulkQuoteOpen(int Line) : PortalError
{
    /// <summary><c>{0}</c>: the line.</summary>
    public override IReadOnlyList<object> Arguments => [Line];
}

/// <summary>More rows than one import may have.</summary>
/// <param name="Rows">How many there are.</param>
public sealed record BulkTooManyRows(int Rows) : PortalError
{
    /// <summary><c>{0}</c>: how many rows; <c>{1}</c>: the limit; <c>{2}</c>: into how many files to split.</summary>
    public override IReadOnlyList<object> Arguments => [Rows, BulkImport.MaxRows, (Rows + BulkImport.MaxRows - 1) / BulkImport.MaxRows];
}

/// <summary>More columns than anybody's list has: the first line is hardly one of names.</summary>
/// <param name="Columns">How many there are.</param>
public sealed record BulkTooManyColumns(int Columns) : PortalError
{
    /// <summary><c>{0}</c>: how many columns; <c>{1}</c>: the limit.</summary>
    public override IReadOnlyList<object> Arguments => [Columns, BulkImport.MaxColumns];
}

/// <summary>No such import of the caller's: never made, thrown away, or somebody else's.</summary>
public sealed record BulkImportNotFound : PortalError;

/// <summary>The import is being sent, or was.</summary>
public sealed record BulkImportSent : PortalError;

/// <summary>No row of the import can be sent.</summary>
public sealed record BulkImportHasNothing : PortalError;
