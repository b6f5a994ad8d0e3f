using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using QRCoder;

namespace OnboardingPortal.App.Shared;

public sealed partial class QrCode
{
    private string _path = "";
    private int _size;

    [Parameter, EditorRequired] public string Content { get; set; } = "";

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    protected override void OnParametersSet()
    {
        using var data = QRCodeGenerator.GenerateQrCode(Content, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        _size = data.ModuleMatrix.Count;
        for (var y = 0; y < _size; y++)
        {
            for (var x = 0; x < _size; x++)
            {
                var from = x;
                while (x < _size && data.ModuleMatrix[y][x]) x++;
                if (x > from) path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
            }
        }

        _path = path.ToString();
    }
}
