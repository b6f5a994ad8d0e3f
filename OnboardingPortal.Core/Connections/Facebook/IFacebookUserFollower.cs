namespace OnboardingPortal.Core.Connections;

/// <summary>Does what follows when the daily check of an agency's Facebook user found that all is well.</summary>
public interface IFacebookUserFollower
{
    /// <summary>Does it; an exception lets the user's check rest and be tried again.</summary>
    Task FollowAsync(AgencyId agency, AgencyFacebookUserId user, CancellationToken cancellationToken);
}
