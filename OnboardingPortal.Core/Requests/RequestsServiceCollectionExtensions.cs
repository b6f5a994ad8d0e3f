using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Requests;

/// <summary>Registers requests.</summary>
internal static class RequestsServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds requests: making and sending them, their table, their links, the Hub.</summary>
        public IServiceCollection AddRequests()
        {
            services.AddOptions<RequestOptions>().BindConfiguration(RequestOptions.Section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<RequestOptions>, RequestOptionsValidator>();
            services.AddSingleton<IValidator<RequestTerms>, RequestTermsValidator>().AddSingleton<IValidator<Visitor>, VisitorValidator>();
            services.AddSingleton<IValidator<TemplateInput>, TemplateInputValidator>();
            services.AddSingleton<RequestChanges>().AddSingleton<RequestService>().AddSingleton<RequestEditor>();
            services.AddSingleton<RequestNotices>().AddSingleton<UserHandover>().AddSingleton<ClientQuestions>();
            services.AddSingleton<RequestTable>().AddSingleton<RequestDetailsReader>();
            services.AddSingleton<LinkTokens>().AddSingleton<LinkService>().AddSingleton<RecipientLinks>();
            services.AddSingleton<RequestExpiry>().AddSingleton<RequestReminders>().AddSingleton<ReminderStops>()
                .AddSingleton<IMailFollower, RequestDeliveries>().AddSingleton<GivenUpMails>();
            services.AddSingleton<RequestTemplates>().AddSingleton<HubReader>().AddSingleton<HomeReader>();
            services.AddSingleton<RequestFeed>().AddSingleton<INodeListener>(provider => provider.GetRequiredService<RequestFeed>())
                .AddSingleton<IMailWatchers>(provider => provider.GetRequiredService<RequestFeed>());
            return services.AddOldRows();
        }

        /// <summary>What hangs on a request is kept as long as the request is open. Questions go before those who asked them.</summary>
        private IServiceCollection AddOldRows()
        {
            services.AddSingleton(OldRows.Of(
                nameof(RetentionOptions.Emails), kept => kept.Emails,
                (db, first, _) => db.EmailMessages.Where(m => m.Id < EmailMessageId.From(first) && m.State != EmailState.Queued
                    && !db.Requests.Any(r => r.Status == RequestStatus.Pending && r.Id == m.RequestId)),
                m => m.Id));
            services.AddSingleton(OldRows.Of(
                nameof(RetentionOptions.Questions), kept => kept.Questions,
                (db, first, _) => db.Questions.Where(q => q.Id < QuestionId.From(first)
                    && !db.Requests.Any(r => r.Status == RequestStatus.Pending && r.Id == q.RequestId)),
                q => q.Id));
            return services.AddSingleton(OldRows.Of(
                nameof(RetentionOptions.Participants), kept => kept.Participants,
                (db, first, _) => db.Participants.Where(p => p.Id < ParticipantId.From(first)
                    && !db.Requests.Any(r => r.Status == RequestStatus.Pending && r.Id == p.RequestId)
                    && !db.Connections.Any(c => c.ParticipantId == p.Id) && !db.Questions.Any(q => q.ParticipantId == p.Id)),
                p => p.Id));
        }
    }
}
