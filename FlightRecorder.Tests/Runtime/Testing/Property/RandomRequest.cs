using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlightRecorder.Tests.Testing.Property;

/// <summary>A request with secrets in random positions.</summary>
internal sealed class RandomRequest
{
    // Built-in names hide everywhere; those that Account marks do where the type of a body is unknown.
    private static readonly string[] s_secretNames = ["password", "new_password", "api-key", "accessToken", "client_secret", "cvv", "to\u200Bken"];
    private static readonly string[] s_names = [.. s_secretNames, "note", "Gone", "INNER"];

    private readonly Random _random;
    private readonly Secrets _secrets;
    private readonly List<string> _hidden = [];
    private readonly List<string> _echoed = [];

    public RandomRequest(Random random)
    {
        _random = random;
        _secrets = new Secrets(random);
        Message = random.Next(4) switch { 0 => Typed(), 1 => Open(), 2 => Form(), _ => Find() };
        AddHeaders();
        Told = Tell();
        Echoes = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => NextEcho()).DistinctBy(echo => echo.Spot)];
    }

    public HttpRequestMessage Message { get; }

    /// <summary>The values that must not be seen.</summary>
    public IReadOnlyList<string> Hidden => _hidden;

    public IReadOnlyList<Echo> Echoes { get; }

    /// <summary>A secret that the app comes by itself, or null.</summary>
    public Told? Told { get; }

    private string Hide() => Hide(_secrets.Next());

    private string HideToken() => Hide(_secrets.NextToken());

    private string Hide(string secret)
    {
        _hidden.Add(secret);
        _echoed.Add(secret);
        return secret;
    }

    // The key of a dictionary goes with it, a value in a text is masked there: neither is looked for elsewhere.
    private string HideInPlace(string secret)
    {
        _hidden.Add(secret);
        return secret;
    }

    private HttpRequestMessage Typed()
    {
        long number = _secrets.NextNumber();
        Hide(number.ToString());
        var account = new Account(
            "Ada", Hide(), Hide(), Hide(), Hide(), Hide(), number, new Child { Inner = Hide() }, [new Child { Inner = Hide() }, new Child { Inner = Hide() }],
            new() { ["first"] = new Child { Inner = Hide() } }, new() { [HideInPlace(_secrets.Next())] = Hide() }, JsonSerializer.SerializeToElement(Tree(2, hidden: true)), new Sealed(Hide(), [Hide()]));
        return Post("/typed", JsonSerializer.Serialize(account, _random.Next(2) == 0 ? JsonSerializerOptions.Web : JsonSerializerOptions.Default), "application/json");
    }

    private HttpRequestMessage Open()
    {
        var body = new JsonObject { ["password"] = Hide(), ["tree"] = Tree(4, hidden: false) };
        return Post("/open", body.ToJsonString(), "application/json");
    }

    private HttpRequestMessage Form()
    {
        var fields = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => KeyValuePair.Create(SecretName(), Hide())).Append(new("page", "1")).ToList();
        if (_random.Next(2) == 0)
        {
            return new HttpRequestMessage(HttpMethod.Post, "/form") { Content = new FormUrlEncodedContent(fields) };
        }

        var parts = new MultipartFormDataContent();
        foreach ((string name, string value) in fields)
        {
            parts.Add(new StringContent(value), name.Replace("\u200B", "", StringComparison.Ordinal));
        }

        return new HttpRequestMessage(HttpMethod.Post, "/form") { Content = parts };
    }

    private HttpRequestMessage Find()
    {
        string query = $"?q={Uri.EscapeDataString(Hide())}&{Uri.EscapeDataString(SecretName())}={Uri.EscapeDataString(Hide())}&page=2";
        return new HttpRequestMessage(HttpMethod.Get, $"/find/{Uri.EscapeDataString(HideToken())}/end{query}");
    }

    private static HttpRequestMessage Post(string path, string body, string type)
        => new(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };

    private void AddHeaders()
    {
        switch (_random.Next(5))
        {
            case 0:
                Message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", HideToken());
                break;
            case 1:
                Message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Hide(Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:" + HideToken()))));
                break;
            case 2:
                Message.Headers.Add("Cookie", $"theme=dark1; sid={Hide(_secrets.NextSession())}");
                break;
            case 3:
                Message.Headers.Add("X-Api-Key", HideToken());
                break;
        }
    }

    private Told? Tell()
    {
        if (_random.Next(3) == 0)
        {
            return null;
        }

        var origin = (Origin)_random.Next(Enum.GetValues<Origin>().Length);
        return new Told(origin, Told.IsText(origin) ? HideInPlace(_secrets.NextToken()) : Hide());
    }

    // A random shape: what stands under a marked name, or in a marked tree, is hidden whatever it is.
    private JsonNode Tree(int depth, bool hidden)
        => depth == 0 ? Leaf(hidden)
            : _random.Next(3) == 0 ? new JsonArray([.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Tree(depth - 1, hidden))])
            : new JsonObject(Enumerable.Range(0, _random.Next(1, 4)).Select(index => Member(index, depth, hidden)));

    private KeyValuePair<string, JsonNode?> Member(int index, int depth, bool hidden)
        => _random.Next(3) == 0 ? new(index + "_plain", Tree(depth - 1, hidden)) : new(Name() + new string('_', index), Tree(depth - 1, hidden: true));

    private JsonNode Leaf(bool hidden)
    {
        if (!hidden)
        {
            return "plain";
        }

        if (_random.Next(3) > 0)
        {
            return Hide();
        }

        long number = _secrets.NextNumber();
        Hide(number.ToString());
        return number;
    }

    private string SecretName() => s_secretNames[_random.Next(s_secretNames.Length)];

    private string Name() => s_names[_random.Next(s_names.Length)];

    private Echo NextEcho()
    {
        string secret = _echoed[_random.Next(_echoed.Count)];
        var spot = (Spot)_random.Next(Enum.GetValues<Spot>().Length);
        Disguise disguise = Disguises.Pick(_random, secret);
        string text = Disguises.Apply(disguise, secret, _random);
        return IsHeader(spot) && text.Any(unit => unit is < ' ' or > '~')
            ? new Echo(spot, Disguise.PercentAll, Disguises.Apply(Disguise.PercentAll, secret, _random))
            : new Echo(spot, disguise, text);
    }

    private static bool IsHeader(Spot spot) => spot is Spot.ResponseHeader or Spot.SetCookie;
}
