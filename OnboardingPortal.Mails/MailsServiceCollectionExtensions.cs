using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Mails.Accounts;
using OnboardingPortal.Mails.Campaigns;
using OnboardingPortal.Mails.Letters;
using OnboardingPortal.Mails.Requests;
using OnboardingPortal.Mails.Users;

namespace OnboardingPortal.Mails;

/// <summary>Registers what mails say.</summary>
public static class MailsServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the words of every mail, which the outbox asks for when it sends one.</summary>
        public IServiceCollection AddMails()
        {
            services.AddSingleton<IMail, RequestMail>().AddSingleton<IMail, TestMail>().AddSingleton<IMail, CompletedMail>()
                .AddSingleton<IMail, PartDoneMail>().AddSingleton<IMail, NewLinkAskedMail>().AddSingleton<IMail, QuestionMail>()
                .AddSingleton<IMail, UndeliverableMail>().AddSingleton<IMail, CampaignQuestionMail>();
            services.AddSingleton<IMail, AccessLostMail>().AddSingleton<IMail, WebhookGivenUpMail>();
            services.AddSingleton<IMail, SyncFailedMail>();
            services.AddSingleton<IMail, InvitationMail>().AddSingleton<IMail, PasswordResetMail>().AddSingleton<IMail, SignInChangedMail>()
                .AddSingleton<IMail, ApiKeyExpiringMail>();
            services.AddSingleton<Outcomes>().AddSingleton<RequestLetters>().AddSingleton<SampleRequestMail>();
            return services.AddSingleton<LetterRenderer>().AddSingleton<IMailComposer, MailComposer>();
        }
    }
}
