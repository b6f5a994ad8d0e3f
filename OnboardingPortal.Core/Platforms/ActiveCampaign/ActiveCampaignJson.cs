using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Platforms.ActiveCampaign;

/// <summary>ActiveCampaign's shapes, as far as they are read. Numbers are texts there.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ActiveCampaignMe))]
[JsonSerializable(typeof(ActiveCampaignLists))]
[JsonSerializable(typeof(ActiveCampaignOneList))]
[JsonSerializable(typeof(ActiveCampaignFields))]
[JsonSerializable(typeof(ActiveCampaignPeople))]
internal sealed partial class ActiveCampaignJson : JsonSerializerContext;

internal sealed record ActiveCampaignMe(ActiveCampaignUser? User);

internal sealed record ActiveCampaignUser(string? Id, string? Username, string? Email);

internal sealed record ActiveCampaignLists(IReadOnlyList<ActiveCampaignList>? Lists);

internal sealed record ActiveCampaignOneList(ActiveCampaignList? List);

internal sealed record ActiveCampaignList(string? Id, string? Name);

internal sealed record ActiveCampaignFields(IReadOnlyList<ActiveCampaignField>? Fields);

internal sealed record ActiveCampaignField(string? Id, string? Title);

internal sealed record ActiveCampaignPeople(
    IReadOnlyList<ActiveCampaignPerson>? Contacts, IReadOnlyList<ActiveCampaignValue>? FieldValues, ActiveCampaignMeta? Meta);

internal sealed record ActiveCampaignPerson(string? Id, string? Email, string? Phone, string? FirstName, string? LastName);

internal sealed record ActiveCampaignValue(string? Contact, string? Field, string? Value);

internal sealed record ActiveCampaignMeta(
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long? Total);
