namespace FlightRecorder.Testing;

/// <summary>Searches texts for the values of tokens, as they are and encoded.</summary>
internal sealed class LeakFinder(IReadOnlyList<CanaryToken> tokens)
{
    private readonly (CanaryToken Token, TokenForms Forms)[] _tokens = [.. tokens.Select(token => (token, new TokenForms(token.Value)))];

    /// <summary>Each token that the text holds, with the first encoding it was found in.</summary>
    public IEnumerable<(CanaryToken Token, string Encoding)> Find(string text)
    {
        IReadOnlyList<Layer> layers = DecodedLayers.Of(text);
        foreach ((CanaryToken token, TokenForms forms) in _tokens)
        {
            if (First(layers, forms) is { } encoding)
            {
                yield return (token, encoding);
            }
        }
    }

    private static string? First(IReadOnlyList<Layer> layers, TokenForms forms)
    {
        foreach (Layer layer in layers)
        {
            if (forms.FindIn(layer) is { } form)
            {
                return layer.Encoding.Length == 0 ? form : form == "as it is" ? layer.Encoding : $"{layer.Encoding}, {form}";
            }
        }

        return null;
    }
}
