namespace OnboardingPortal.Mails.Requests;

/// <summary>What several mails to the agency say of a request.</summary>
internal static class RequestWords
{
    extension(IStringLocalizer<EmailTexts> text)
    {
        /// <summary>Whom a request went to.</summary>
        /// <param name="recipient">The first recipient; empty or null for nobody by mail.</param>
        public string Recipient(string? recipient) => recipient is { Length: > 0 } ? recipient : text["CompletedByLink"];

        /// <summary>The note that says so.</summary>
        public string SentTo(string? recipient) => text["CompletedRecipient", text.Recipient(recipient)];
    }

    /// <summary>The request's page.</summary>
    public static Uri OfRequest(this PortalAddress address, RequestId request) =>
        new(address.Public, $"collaboration/requests/{request}");
}
