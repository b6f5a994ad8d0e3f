using System.Text.Json;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Bulk;

/// <summary>What is kept of a row.</summary>
/// <param name="Request">The request to be made; of a refused row what could be read of it.</param>
/// <param name="Addresses">To whom, as <see cref="RecipientList.Read(string?)"/> takes them; of a refused row the cell as it is.</param>
/// <param name="Services">The services by name, for people; of a refused row the cell as it is.</param>
internal sealed record BulkInput(RequestTerms Request, string Addresses, string Services)
{
    public string Write() => JsonSerializer.Serialize(this);

    public static BulkInput Read(string json) => JsonSerializer.Deserialize<BulkInput>(json)!;
}
