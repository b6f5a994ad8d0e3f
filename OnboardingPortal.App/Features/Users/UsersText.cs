namespace OnboardingPortal.App.Features.Users;

/// <summary>Names the resource of the words about users and invitations.</summary>
public sealed class UsersText;
