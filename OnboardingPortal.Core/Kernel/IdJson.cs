using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Kernel;

/// <summary>Writes an id as <c>{"Value":1}</c>, the form that rows of imports and the browsers' drafts have.</summary>
internal sealed class IdJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => true;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private sealed class Converter<TId> : JsonConverter<TId>
        where TId : struct, IId<TId>
    {
        public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TId.From(JsonSerializer.Deserialize<Number>(ref reader, options).Value);

        public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new Number(value.Value), options);
    }

    private readonly record struct Number(long Value);
}
