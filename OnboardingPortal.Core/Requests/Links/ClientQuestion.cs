namespace OnboardingPortal.Core.Requests;

/// <summary>What a client asked the requester from the wizard; mailed to them, and kept for the timeline.</summary>
public sealed class ClientQuestion : IAgencyOwned
{
    /// <summary>The most UTF-16 code units of a question.</summary>
    public const int TextMaxLength = 2000;

    private ClientQuestion()
    {
    }

    internal ClientQuestion(
        QuestionId id, OnboardingRequest request, ParticipantId participant, PlatformKey? platform, string text, DateTimeOffset askedAt)
    {
        Id = id;
        AgencyId = request.AgencyId;
        RequestId = request.Id;
        ParticipantId = participant;
        Platform = platform;
        Text = text;
        AskedAt = askedAt;
    }

    /// <summary>The question's id.</summary>
    public QuestionId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>The request it is about.</summary>
    public RequestId RequestId { get; private set; }

    /// <summary>Who asked.</summary>
    public ParticipantId ParticipantId { get; private set; }

    /// <summary>The platform it is about; null = the request as a whole.</summary>
    public PlatformKey? Platform { get; private set; }

    /// <summary>Plain text, 1 to <see cref="TextMaxLength"/> UTF-16 code units; hostile.</summary>
    public string Text { get; private set; } = "";

    /// <summary>When, UTC.</summary>
    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>When somebody of the agency said that it is answered, UTC; null = it waits for an answer.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    internal void MarkAnswered(DateTimeOffset now) => AnsweredAt = now;

    /// <summary>How it begins, in one line of at most <paramref name="length"/> UTF-16 code units; what was cut shows as "…".</summary>
    public string Beginning(int length)
    {
        var line = string.Join(' ', Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= length ? line : ForeignText.Fit(line, length - 1).TrimEnd() + "…";
    }
}
