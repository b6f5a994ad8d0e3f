namespace OnboardingPortal.Core.Data;

/// <summary>
/// Moves what mails are about from a bare number, which each kind of mail read in its own way, to a typed subject, and back. The same on
/// both databases.
/// </summary>
internal static class MailSubjectMove
{
    /// <summary>To run while there are both the old column and the new ones.</summary>
    public const string Up =
        """
        UPDATE email_messages SET
            "About" = COALESCE(CASE "Kind"
                WHEN 'Invitation' THEN 'Invitation:' || "AboutId"
                WHEN 'PasswordReset' THEN 'AgencyUser:' || "AboutId"
                WHEN 'Test' THEN 'AgencyUser:' || "AboutId"
                WHEN 'AccessLost' THEN CASE
                    WHEN "AboutId" IN (SELECT "Id" FROM agency_facebook_users) THEN 'AgencyFacebookUser:'
                    ELSE 'Connection:' END || "AboutId"
                WHEN 'Question' THEN 'Question:' || "AboutId"
                WHEN 'PartDone' THEN 'Participant:' || "AboutId"
                WHEN 'WebhookGivenUp' THEN 'WebhookEndpoint:' || "AboutId"
                WHEN 'Undeliverable' THEN 'Recipient:' || "AboutId"
                WHEN 'SignInChanged' THEN 'AuditEvent:' || "AboutId"
                WHEN 'ApiKeyExpiring' THEN 'ApiKey:' || "AboutId"
                ELSE 'Request:' || "RequestId" END, 'Agency:' || "AgencyId"),
            "ReminderDay" = CASE WHEN "Kind" = 'Request' THEN "AboutId" END
        """;

    /// <summary>The way back, to run while there are both.</summary>
    public const string Down =
        """
        UPDATE email_messages SET "AboutId" = CASE
            WHEN "Kind" = 'Request' THEN "ReminderDay"
            WHEN "Kind" IN ('Completed', 'NewLinkAsked') THEN NULL
            ELSE CAST(REPLACE("About", RTRIM("About", '0123456789'), '') AS BIGINT) END
        """;
}
