using System.Buffers.Text;
using System.Text.Json;

namespace OnboardingPortal.Core.Platforms.Salesforce;

/// <summary>
/// Where the reading of an organisation's people stands. It holds all that is needed to go on after a restart, and of people an id alone.
/// </summary>
/// <param name="TellsOptOut">Whether the person who connected the organisation sees who wants no e-mail.</param>
/// <param name="Total">How many people there were when the reading began.</param>
internal sealed record SalesforceCursor(bool TellsOptOut, long Total)
{
    /// <summary>The last part of the address of the query's next page; null = the query is asked anew behind <see cref="After"/>.</summary>
    public string? More { get; init; }

    /// <summary>The id of the last person that was read; null before the first.</summary>
    public string? After { get; init; }

    /// <summary>Whether a job prepares all people but the first.</summary>
    public bool IsBulk { get; init; }

    /// <summary>The job; null before it was begun.</summary>
    public string? Job { get; init; }

    /// <summary>The place in the job's results; null at their beginning.</summary>
    public string? Locator { get; init; }

    /// <summary>Whether the job is done, so that its state need not be asked for any more.</summary>
    public bool IsReady { get; init; }

    /// <summary>How often the job's state was asked for.</summary>
    public int Looks { get; init; }

    /// <summary>How many jobs were begun.</summary>
    public int Jobs { get; init; }

    /// <summary>How many people are asked for at a time; fewer once an answer was too long.</summary>
    public int Rows { get; init; }

    /// <summary>The cursor that a page gave; null for text that is none.</summary>
    public static SalesforceCursor? Read(string? text)
    {
        try
        {
            return text is null || !Base64Url.IsValid(text)
                ? null
                : JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text), SalesforceJson.Default.SalesforceCursor);
        }
        catch (JsonException)
        {
            return null; // the reading begins anew
        }
    }

    public string Write() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, SalesforceJson.Default.SalesforceCursor));
}
