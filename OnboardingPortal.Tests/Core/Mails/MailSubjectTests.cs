using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Tests.Core.Mails;

public sealed class MailSubjectTests
{
    [Fact]
    public void A_subject_is_nothing_but_what_it_was_made_of()
    {
        var subject = MailSubject.Of(QuestionId.From(7));

        Assert.Equal(QuestionId.From(7), subject.As<QuestionId>());
        Assert.Null(subject.As<ParticipantId>());
        Assert.NotEqual(subject, MailSubject.Of(ParticipantId.From(7)));
        Assert.Equal(subject, MailSubject.Parse($"{subject}"));
    }

    [Fact]
    public void The_names_that_rows_are_stored_under_stay() => Assert.Equal(
        [
            "Request:1", "Recipient:1", "Participant:1", "Question:1", "Connection:1", "AgencyFacebookUser:1", "Invitation:1",
            "AgencyUser:1", "AuditEvent:1", "ApiKey:1", "WebhookEndpoint:1",
        ],
        new[]
        {
            MailSubject.Of(RequestId.From(1)), MailSubject.Of(RecipientId.From(1)), MailSubject.Of(ParticipantId.From(1)),
            MailSubject.Of(QuestionId.From(1)), MailSubject.Of(ConnectionId.From(1)), MailSubject.Of(AgencyFacebookUserId.From(1)),
            MailSubject.Of(InvitationId.From(1)), MailSubject.Of(AgencyUserId.From(1)), MailSubject.Of(AuditEventId.From(1)),
            MailSubject.Of(ApiKeyId.From(1)), MailSubject.Of(WebhookEndpointId.From(1)),
        }.Select(subject => $"{subject}"));
}
