namespace FlightRecorder.Generators.Parse;

/// <summary>Full names of the types the generator knows.</summary>
internal static class KnownNames
{
    public const string Record = "FlightRecorder.RecordAttribute";
    public const string DoNotRecord = "FlightRecorder.DoNotRecordAttribute";
    public const string Redact = "FlightRecorder.RedactAttribute";
    public const string Reveal = "FlightRecorder.RevealAttribute";
    public const string RequestFacts = "FlightRecorder.RequestFacts";
    public const string RecordFilter = "FlightRecorder.IRecordFilter";

    public const string ControllerBase = "Microsoft.AspNetCore.Mvc.ControllerBase";
    public const string ControllerAttribute = "Microsoft.AspNetCore.Mvc.ControllerAttribute";
    public const string ApiController = "Microsoft.AspNetCore.Mvc.ApiControllerAttribute";
    public const string NonController = "Microsoft.AspNetCore.Mvc.NonControllerAttribute";
    public const string NonAction = "Microsoft.AspNetCore.Mvc.NonActionAttribute";
    public const string ActionResult = "Microsoft.AspNetCore.Mvc.ActionResult";
    public const string ProducesResponseType = "Microsoft.AspNetCore.Mvc.ProducesResponseTypeAttribute";
    public const string FromBody = "Microsoft.AspNetCore.Mvc.FromBodyAttribute";
    public const string FromForm = "Microsoft.AspNetCore.Mvc.FromFormAttribute";
    public const string FromQuery = "Microsoft.AspNetCore.Mvc.FromQueryAttribute";
    public const string FromRoute = "Microsoft.AspNetCore.Mvc.FromRouteAttribute";
    public const string FromHeader = "Microsoft.AspNetCore.Mvc.FromHeaderAttribute";
    public const string BindProperty = "Microsoft.AspNetCore.Mvc.BindPropertyAttribute";
    public const string ModelBinder = "Microsoft.AspNetCore.Mvc.ModelBinderAttribute";
    public const string FromServices = "Microsoft.AspNetCore.Mvc.FromServicesAttribute";
    public const string FromKeyedServices = "Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute";
    public const string AsParameters = "Microsoft.AspNetCore.Http.AsParametersAttribute";

    public const string EndpointRouteBuilderExtensions = "Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions";

    public const string DbContext = "Microsoft.EntityFrameworkCore.DbContext";
    public const string DbSet = "Microsoft.EntityFrameworkCore.DbSet";
    public const string NotMapped = "System.ComponentModel.DataAnnotations.Schema.NotMappedAttribute";

    public const string JsonIgnore = "System.Text.Json.Serialization.JsonIgnoreAttribute";
    public const string JsonInclude = "System.Text.Json.Serialization.JsonIncludeAttribute";
    public const string JsonConverter = "System.Text.Json.Serialization.JsonConverterAttribute";
    public const string JsonDerivedType = "System.Text.Json.Serialization.JsonDerivedTypeAttribute";
    public const string JsonExtensionData = "System.Text.Json.Serialization.JsonExtensionDataAttribute";
    public const string NewtonsoftExtensionData = "Newtonsoft.Json.JsonExtensionDataAttribute";
    public const string JsonPropertyName = "System.Text.Json.Serialization.JsonPropertyNameAttribute";
    public const string NewtonsoftProperty = "Newtonsoft.Json.JsonPropertyAttribute";
    public const string DataMember = "System.Runtime.Serialization.DataMemberAttribute";
}
