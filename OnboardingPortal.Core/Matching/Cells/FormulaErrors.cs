using System.Collections.Frozen;

namespace OnboardingPortal.Core.Matching.Cells;

/// <summary>What a spreadsheet shows for a formula that failed, in the languages it may speak.</summary>
internal static class FormulaErrors
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> All =
        new[]
        {
            "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#ERROR!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
            "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#GETTING_DATA",
            "#NV", "#BEZUG!", "#WERT!", "#ZAHL!", "#ÜBERLAUF!", "#FEHLER!",
            "#N/D", "#VALEUR!", "#NOM?", "#NOM ?", "#NOMBRE!", "#NUL!",
            "#¡REF!", "#¡VALOR!", "#¿NOMBRE?", "#¡DIV/0!", "#¡NUM!", "#¡NULO!",
            "#RIF!", "#VALORE!", "#NOME?", "#NULLO!",
            "#N/B", "#VERW!", "#WAARDE!", "#DEEL/0!", "#NAAM?", "#GETAL!", "#LEEG!",
        }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="text">A cell without blanks around it.</param>
    public static bool Has(ReadOnlySpan<char> text) => text is ['#', ..] && All.Contains(text);
}
