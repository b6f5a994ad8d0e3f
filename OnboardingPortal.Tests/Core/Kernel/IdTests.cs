using System.Globalization;
using System.Text.Json;

namespace OnboardingPortal.Tests.Core.Kernel;

public sealed class IdTests
{
    private const long Number = 1_234_567_890_123_456_789;

    /// <summary>Every kind of id that there is.</summary>
    public static TheoryData<Type> Kinds => [.. typeof(AgencyId).Assembly.GetTypes().Where(IsId)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_id_is_its_number_in_text_in_addresses_and_in_a_language_with_its_own_digits(Type kind)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            foreach (var culture in new[] { "en", "de", "ar-SA", "fa-IR" })
            {
                CultureInfo.CurrentCulture = new CultureInfo(culture);
                Assert.Equal("1234567890123456789", From(kind, Number).ToString());
                Assert.Equal("/1234567890123456789", $"/{From(kind, Number)}");
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_id_in_JSON_has_the_form_that_rows_and_drafts_of_before_have(Type kind)
    {
        var id = From(kind, Number);
        var text = JsonSerializer.Serialize(id, kind);

        Assert.Equal("""{"Value":1234567890123456789}""", text);
        Assert.Equal(id, JsonSerializer.Deserialize(text, kind));
        Assert.Equal(id, JsonSerializer.Deserialize("""{"value":1234567890123456789}""", kind, JsonSerializerOptions.Web));
        foreach (var wrong in new[] { "null", "1", "\"1\"", """{"Value":"one"}""", """{"Value":1.5}""", "[]" })
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(wrong, kind));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_id_that_was_never_set_is_the_id_that_no_row_has(Type kind)
    {
        var unset = Activator.CreateInstance(kind)!;

        Assert.Equal(From(kind, 0), unset);
        Assert.NotEqual(From(kind, 1), unset);
        Assert.Equal("0", unset.ToString());
        Assert.Equal(From(kind, 0).GetHashCode(), unset.GetHashCode());
    }

    [Fact]
    public void Ids_of_one_kind_are_compared_by_the_time_of_their_making()
    {
        var (earlier, later) = (RequestId.From(1), RequestId.From(2));

        Assert.True(earlier < later);
        Assert.True(later > earlier);
        Assert.False(later < earlier);
        Assert.Equal(AgencyId.None, (new AgencyId[1])[0]); // what was never set
    }

    private static object From(Type kind, long number) => kind.GetMethod("From", [typeof(long)])!.Invoke(null, [number])!;

    private static bool IsId(Type type) =>
        type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));
}
