using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace OnboardingPortal.Core.Data;

/// <summary>Small values that are read and written whole and never searched: a column of JSON.</summary>
internal static class JsonValue
{
    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property)
        where T : notnull => property.HasConversion(new JsonConverter<T>(), new JsonComparer<T>());

    private static string Write<T>(T value) => JsonSerializer.Serialize(value);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json)!;

    private sealed class JsonConverter<T>() : ValueConverter<T, string>(value => Write(value), json => Read<T>(json));

    private sealed class JsonComparer<T>() : ValueComparer<T>(
        (left, right) => Write(left) == Write(right), value => StringComparer.Ordinal.GetHashCode(Write(value)), value => value);
}
